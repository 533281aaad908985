import { Details, Radios, TextArea } from '#design/index.ts'
import { choice, text } from '#platform/form/fields.ts'
import type { Filled } from '#platform/http/route.ts'
import { noPatients } from './words.ts'

export const longest = { subject: 100, words: 4000 }

export const wordsField = text('Write your message', { max: longest.words, name: 'Your message' })
export const subjectField = text('Write what it is about', { max: longest.subject, name: 'What it is about' })
export const howField = choice('Choose how they said it', ['phone', 'post', 'in-person'])

/** Whom to ask when it cannot wait. */
export function Signpost() {
  return (
    <Details summary="If it is about care, or somebody is in danger">
      <p>This is not read at once. If somebody is in danger now, ring 999. For medical help, ring 111.</p>
      <p>
        If you are unhappy with your care or somebody else’s, the hospital’s Patient Advice and Liaison
        Service (PALS) helps you. Ask for PALS at the hospital, or ring its main number.
      </p>
    </Details>
  )
}

export function WordsField({ filled, label = 'Your message' }: { filled: Filled; label?: string }) {
  return (
    <TextArea
      name="words"
      label={label}
      hint={noPatients}
      value={filled.values.words}
      maxCharacters={longest.words}
      errors={filled.errors}
    />
  )
}

export function HowRadios({ filled }: { filled: Filled }) {
  return (
    <Radios
      name="how"
      label="How did they say it?"
      value={filled.values.how}
      errors={filled.errors}
      options={[
        { value: 'phone', label: 'On the phone' },
        { value: 'post', label: 'By post' },
        { value: 'in-person', label: 'In the room' },
      ]}
    />
  )
}

export function WantsAnswer({ filled }: { filled: Filled }) {
  return (
    <Radios
      name="wants"
      label="Do you ask them something?"
      value={filled.values.wants}
      errors={filled.errors}
      options={[
        { value: 'no', label: 'No, this answers it' },
        { value: 'yes', label: 'Yes, I would like an answer' },
      ]}
    />
  )
}
