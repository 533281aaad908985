import { Checkboxes, Details, FileField, LinkList, Radios, TextArea } from '#design/index.ts'
import { fileKindsInWords } from '#platform/files.ts'
import type { Filled } from '#platform/http/route.ts'

export const noPatients = 'Do not write anything that shows who a patient is.'

/** Beside each free text: what does not belong here, and who helps with it (R71). */
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

export function AnswerFields({ filled, mayLetIn }: { filled: Filled; mayLetIn: boolean }) {
  const { errors, values, lists } = filled
  return (
    <>
      <TextArea
        name="answer"
        label="Your answer"
        hint={`In plain words: not everybody knows the short names you use. ${noPatients}`}
        value={values.answer}
        maxCharacters={5000}
        rows={6}
        errors={errors}
      />
      <FileField
        name="files"
        label="Files"
        optional
        multiple
        hint={`Up to 5, each ${fileKindsInWords} of at most 10 MB.`}
        accept=".jpg,.jpeg,.png,.pdf,.docx"
        errors={errors}
      />
      {mayLetIn && (
        <Checkboxes
          name="library"
          label="May others in the network read it?"
          values={lists.library ?? []}
          errors={errors}
          options={[
            {
              value: 'yes',
              label: 'Yes, our answer may go into our library',
              hint: 'Only if who asked says so too. You can take it back at any time.',
            },
          ]}
        />
      )}
    </>
  )
}

/** @param asSaid the team writes down what the asker said */
export function VerdictFields({ filled, asSaid }: { filled: Filled; asSaid: boolean }) {
  const { errors, values, lists } = filled
  return (
    <>
      <Radios
        name="verdict"
        label={asSaid ? 'What did they say?' : 'Does this answer what you asked?'}
        value={values.verdict}
        errors={errors}
        options={[
          { value: 'yes', label: 'Yes, this answers it' },
          { value: 'partly', label: 'Partly: something is missing' },
          { value: 'no', label: 'No, this does not answer it' },
        ]}
      />
      <TextArea
        name="words"
        label={asSaid ? 'In their own words' : 'In your words'}
        hint={`If something is missing, say what. ${noPatients}`}
        value={values.words}
        maxCharacters={2000}
        rows={3}
        errors={errors}
      />
      <Checkboxes
        name="consent"
        label="May others in the network read it?"
        values={lists.consent ?? []}
        errors={errors}
        options={[
          {
            value: 'yes',
            label: asSaid
              ? 'They said: question and answer may go into the library'
              : 'Yes, my question and this answer may go into the library',
            hint: 'Without a name. It can be taken back at any time.',
          },
        ]}
      />
    </>
  )
}

export function ReplyField({ filled, label }: { filled: Filled; label: string }) {
  return (
    <TextArea
      name="reply"
      label={label}
      hint={noPatients}
      value={filled.values.reply}
      maxCharacters={2000}
      rows={4}
      errors={filled.errors}
    />
  )
}

export function FileLinks(props: {
  files: readonly { readonly id: number; readonly name: string; readonly bytes: number }[]
  href: (file: number) => string
}) {
  if (props.files.length === 0) return null
  return (
    <LinkList
      links={props.files.map(file => ({
        href: props.href(file.id),
        text: file.name,
        hint: sizeInWords(file.bytes),
      }))}
    />
  )
}

function sizeInWords(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`
}
