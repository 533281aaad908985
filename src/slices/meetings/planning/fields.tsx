import { z } from 'zod'
import { DateField, type FieldError, Radios, TextArea, TextField } from '#design/index.ts'
import { readTime } from '#kernel/calendar/times.ts'
import { choice, optionalText, text } from '#platform/form/fields.ts'
import type { Filled } from '#platform/http/route.ts'
import { type AccessFacts, accessFacts, kindWords, type MeetingKind } from './place.ts'

const meetingKinds = Object.keys(kindWords) as [MeetingKind, ...MeetingKind[]]

/** "2:30pm", or "14:30". */
export const timeField = text('Enter the time at which it begins', { max: 20, name: 'The time' }).transform(
  (given, context) => {
    const time = readTime(given)
    if (time) return time
    context.addIssue({ code: 'custom', message: 'Enter a time like 2:30pm or 14:30' })
    return z.NEVER
  },
)

export const minutesField = text('Enter how many minutes it takes', { max: 10, name: 'The minutes' })
  .refine(given => /^\d{1,3}$/.test(given) && Number(given) >= 5 && Number(given) <= 720, {
    error: 'The minutes must be a number from 5 to 720',
  })
  .transform(Number)

export const kindField = choice('Choose how people take part', meetingKinds)

export function WhenFields({ filled, given }: { filled: Filled; given?: WhenValues | undefined }) {
  const { values, errors } = filled
  return (
    <>
      <DateField
        name="on"
        label="On which day?"
        hint="For example, 31 3 2027"
        value={{
          day: values['on-day'] ?? given?.day,
          month: values['on-month'] ?? given?.month,
          year: values['on-year'] ?? given?.year,
        }}
        errors={errors}
      />
      <TextField
        name="time"
        label="When does it begin?"
        hint="For example, 2:30pm or 14:30"
        width={10}
        value={values.time ?? given?.time}
        errors={errors}
      />
      <TextField
        name="minutes"
        label="How many minutes does it take?"
        hint="2 hours is 120"
        width={4}
        inputMode="numeric"
        value={values.minutes ?? given?.minutes}
        errors={errors}
      />
    </>
  )
}

export interface WhenValues {
  readonly day?: string
  readonly month?: string
  readonly year?: string
  readonly time?: string
  readonly minutes: string
}

export function KindField({ filled, given }: { filled: Filled; given: MeetingKind | undefined }) {
  return (
    <Radios
      name="kind"
      label="How do people take part?"
      value={filled.values.kind ?? given}
      errors={filled.errors}
      options={meetingKinds.map(value => ({ value, label: kindWords[value] }))}
    />
  )
}

const joiningLink = optionalText({ max: 1000, name: 'The link' }).refine(
  given => given === '' || isJoiningLink(given),
  { error: 'Enter a link that begins with https://' },
)

function isJoiningLink(given: string): boolean {
  if (!/^https:\/\/\S+$/i.test(given)) return false
  const read = URL.parse(given)
  // A name and a password in an address serve only to mislead.
  return read !== null && read.username === '' && read.password === ''
}

const fact = (name: string) => optionalText({ max: 300, name })

export const whereShape = {
  link: joiningLink,
  venue: optionalText({ max: 500, name: 'The place' }),
  'step-free': fact('Step-free access'),
  'hearing-loop': fact('Hearing loop'),
  parking: fact('Parking'),
  'quiet-room': fact('Quiet room'),
  travel: optionalText({ max: 1000, name: 'How to get there' }),
}
export type WhereGiven = z.infer<z.ZodObject<typeof whereShape>>

/** What belongs to the kind of meeting: a link is kept for an online one, a place for one in a room. */
export function placeGiven(kind: MeetingKind, given: WhereGiven) {
  const inRoom = kind !== 'online'
  const access: AccessFacts = inRoom
    ? Object.fromEntries(accessFacts.flatMap(({ key }) => (given[key] === '' ? [] : [[key, given[key]]])))
    : {}
  return {
    kind,
    link: kind === 'in-person' ? '' : given.link,
    venue: inRoom ? given.venue : '',
    access,
    travel: inRoom ? given.travel : '',
  }
}

/** @returns the mistake of a meeting in a room that does not say where */
export const venueMissing = (kind: MeetingKind, given: WhereGiven): FieldError | undefined =>
  kind !== 'online' && given.venue === ''
    ? { field: 'venue', message: 'Enter the place where people meet' }
    : undefined

export function WhereFields({
  filled: { values, errors },
  given,
  online,
  inRoom,
  teams = false,
}: {
  filled: Filled
  given?: { link: string; venue: string; travel: string; access: AccessFacts } | undefined
  online: boolean
  inRoom: boolean
  /** Microsoft Teams makes the link. */
  teams?: boolean
}) {
  return (
    <>
      {online && (
        <TextField
          optional
          name="link"
          label="The link to join online"
          hint={
            teams
              ? 'Leave this empty, and Microsoft Teams makes one. A link that you paste stays as it is.'
              : 'It is in the calendar entry, and on the meeting’s page from the day before. You can add it later.'
          }
          type="url"
          inputMode="url"
          dir="ltr"
          spellCheck={false}
          autoCapitalize="none"
          value={values.link ?? given?.link}
          errors={errors}
        />
      )}
      {inRoom && (
        <>
          <TextArea
            name="venue"
            label="Where do people meet?"
            hint="The room, the building, the street and the postcode"
            rows={3}
            value={values.venue ?? given?.venue}
            errors={errors}
          />
          <p>What do people need to know of the place? Leave out what you do not know yet.</p>
          {accessFacts.map(each => (
            <TextField
              optional
              key={each.key}
              name={each.key}
              label={each.label}
              hint={each.hint}
              value={values[each.key] ?? given?.access[each.key]}
              errors={errors}
            />
          ))}
          <TextArea
            optional
            name="travel"
            label="How do people get there?"
            hint="Bus, train, taxi, and how their travel is paid"
            rows={3}
            value={values.travel ?? given?.travel}
            errors={errors}
          />
        </>
      )}
    </>
  )
}
