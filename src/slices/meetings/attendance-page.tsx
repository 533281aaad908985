import { z } from 'zod'
import { Form, InsetText, Select, StatusTag, TextArea, TextField } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Instant } from '#platform/database/tables.ts'
import { optionalId, optionalText } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  type Filled,
  form,
  type Load,
  refused,
  type Screen,
  type Visit,
} from '#platform/http/route.ts'
import { mayReadMeeting, mayRunMeeting } from './access.ts'
import {
  cannotMark,
  giveApologies,
  guestsAt,
  guestsInWords,
  type Invited,
  invitedTo,
  type Mark,
  markAttendance,
  markOf,
  markOfEnded,
  readGuests,
  saveGuests,
} from './attendance.ts'
import { sayComing } from './coming.ts'
import { isAhead } from './meeting.ts'
import { meetingPaths } from './paths.ts'
import { type LoadedMeeting, loadMeeting } from './store.ts'
import { clockTime, fromTo } from './words.ts'

type Here = Visit<LoadedMeeting>

const load: Load<LoadedMeeting> = (visit, how) => loadMeeting(visit, visit.params.meeting, how)

/** Beforehand: a member for themselves, those who run the meeting for anybody. */
const apologies = form('/:network/meetings/:meeting/apologies', {
  who: mayReadMeeting,
  audit: 'apologies-given',
  guardsVersion: false,
  load,
  fields: z.object({
    person: optionalId(),
    coming: z.string().optional(),
    deputy: optionalText({ max: 150, name: 'Who comes in their place' }),
    because: optionalText({ max: 500, name: 'The reason' }),
  }),
  screen: (visit: Here, filled) => apologiesScreen(visit, filled),
  async submit(visit: Here, { person, coming, deputy, because }) {
    const { me, thing, network } = visit
    const forOthers = mayRunMeeting.holds(me, thing)
    const personId = forOthers ? (person ?? me.personId) : me.personId
    const done =
      coming === 'yes'
        ? await sayComing(visit, thing, personId)
        : await giveApologies(visit, thing, { personId, deputyWords: deputy, because })
    if (!done.accepted) {
      return refused(done, forOthers && done.reason === 'not-invited' ? 'person' : undefined)
    }
    return { to: meetingPaths.one(network.slug, thing.reference) }
  },
})

async function apologiesScreen(visit: Here, { values, errors }: Filled): Promise<Screen> {
  const { me, thing, network, hidden } = visit
  const back = meetingPaths.one(network.slug, thing.reference)
  const forOthers = mayRunMeeting.holds(me, thing)
  const invited = await invitedTo(visit, thing)
  const mine = invited.find(each => each.personId === me.personId)
  const given = mine?.attendance?.state === 'apologies'
  const title = forOthers ? 'Who cannot come?' : 'I cannot come'
  return {
    title,
    caption: `${thing.reference}, ${theirs(thing.row.title)}`,
    back: { href: back, text: 'Back to the meeting' },
    body:
      !isAhead(thing.it) && errors.length === 0 ? (
        <p>This meeting is not ahead any more, so the team marks who was there.</p>
      ) : (
        <>
          <p>{fromTo(thing.it.startsAt, thing.it.minutesLong)}</p>
          {given && <InsetText>You said that you cannot come.</InsetText>}
          <Form
            hidden={hidden}
            button="Send apologies"
            secondary={{
              text: forOthers ? 'They can come' : given ? 'I can come after all' : 'I can come',
              name: 'coming',
              value: 'yes',
            }}
          >
            {forOthers && (
              <Select
                name="person"
                label="Who?"
                value={values.person ?? String(mine?.personId ?? '')}
                {...(mine ? {} : { empty: 'Choose a person' })}
                errors={errors}
                options={invited.map(each => ({
                  value: String(each.personId),
                  text:
                    each.attendance?.state === 'apologies'
                      ? `${theirs(each.name)} (sent apologies)`
                      : theirs(each.name),
                }))}
              />
            )}
            <TextField
              name="deputy"
              label={forOthers ? 'Who comes in their place?' : 'Who comes in your place?'}
              hint="A name. A deputy can speak, but has no vote."
              optional
              value={values.deputy ?? (forOthers ? '' : mine?.attendance?.deputyWords)}
              errors={errors}
            />
            <TextArea
              name="because"
              label="Why?"
              hint="Only those who run the meeting see this. You need not say."
              optional
              rows={2}
              maxCharacters={500}
              value={values.because ?? (forOthers ? '' : mine?.attendance?.because)}
              errors={errors}
            />
          </Form>
        </>
      ),
  }
}

const marks: readonly { value: Mark | ''; text: string }[] = [
  { value: '', text: 'Not marked' },
  { value: 'room', text: 'Here, in the room' },
  { value: 'online', text: 'Here, online' },
  { value: 'phone', text: 'Here, by phone' },
  { value: 'gone', text: 'Has left' },
  { value: 'apologies', text: 'Sent apologies' },
  { value: 'absent', text: 'Did not come' },
]

interface Marked {
  readonly marks: ReadonlyMap<number, Mark>
  readonly guests: string
}

/** One choice for each person, and the guests in words. */
const markFields: z.ZodType<Marked> = z.record(z.string(), z.unknown()).transform((raw, context): Marked => {
  const chosen = new Map<number, Mark>()
  for (const [name, value] of Object.entries(raw)) {
    const id = /^p-(\d{1,9})$/.exec(name)?.[1]
    // What was so when the page was opened says nothing: others may have marked somebody meanwhile.
    if (!id || value === '' || value === raw[`was-${id}`]) continue
    const mark = marks.find(each => each.value === value)?.value
    if (mark) chosen.set(Number(id), mark)
    else context.addIssue({ code: 'custom', path: [name], message: 'Choose how they are here' })
  }
  const guests = optionalText({ max: 2000, name: 'The guests' }).safeParse(raw.guests)
  if (!guests.success) {
    context.addIssue({ code: 'custom', path: ['guests'], message: guests.error.issues[0]!.message })
  }
  return { marks: chosen, guests: guests.data ?? '' }
})

const attendance = form('/:network/meetings/:meeting/attendance', {
  who: mayRunMeeting,
  audit: 'attendance-marked',
  guardsVersion: false,
  load,
  fields: markFields,
  screen: (visit: Here, filled) => attendanceScreen(visit, filled),
  async submit(visit: Here, given) {
    const done = await markAttendance(visit, visit.thing, given.marks)
    if (!done.accepted) return refused(done)
    await saveGuests(visit, visit.thing, readGuests(given.guests))
    return { to: meetingPaths.step(visit.network.slug, visit.thing.reference, 'attendance') }
  },
})

async function attendanceScreen(visit: Here, filled: Filled): Promise<Screen> {
  const { thing, network, hidden } = visit
  const back =
    thing.it.state === 'held' && !thing.row.ended_at
      ? { href: meetingPaths.room(network.slug, thing.reference), text: 'Back to the room' }
      : { href: meetingPaths.one(network.slug, thing.reference), text: 'Back to the meeting' }
  const cannot = cannotMark(thing.it, visit.today)
  const invited = await invitedTo(visit, thing)
  const first = Math.min(
    ...invited.flatMap(each => each.stays.map(stay => stay.from.epochMilliseconds)),
    Number.MAX_SAFE_INTEGER,
  )
  // A few minutes are nothing.
  const began = Math.max(first, thing.it.startsAt.epochMilliseconds) + 5 * 60_000
  const now = (each: Invited) => (thing.row.ended_at ? markOfEnded(each) : markOf(each)) ?? ''
  return {
    title: 'Who is here',
    caption: `${thing.reference}, ${theirs(thing.row.title)}`,
    back,
    body: (
      <>
        {cannot && filled.errors.length === 0 ? (
          <p>{cannot.sentence}.</p>
        ) : (
          <>
            <p>
              Mark who is here and save. What you mark holds from now on: do it again when somebody comes or
              goes. Or{' '}
              <a href={meetingPaths.step(network.slug, thing.reference, 'report')}>use the Teams report</a>{' '}
              after the meeting.
            </p>
            <Form
              hidden={{
                ...hidden,
                ...Object.fromEntries(invited.map(each => [`was-${each.personId}`, now(each)])),
              }}
              button="Save who is here"
              secondary={{ text: back.text, href: back.href }}
            >
              {invited.map(each => (
                <Select
                  name={`p-${each.personId}`}
                  label={each.name}
                  hint={hintOf(each, began)}
                  value={filled.values[`p-${each.personId}`] ?? now(each)}
                  options={marks}
                  errors={filled.errors}
                  key={each.personId}
                />
              ))}
              <TextArea
                name="guests"
                label="Guests"
                hint="People from outside, one on each line: the name, a comma, and why they come."
                optional
                rows={3}
                maxCharacters={2000}
                value={filled.values.guests ?? guestsInWords(await guestsAt(visit, thing))}
                errors={filled.errors}
              />
            </Form>
          </>
        )}
      </>
    ),
  }
}

/** Role and vote, a deputy, and when they came and went. */
function hintOf(it: Invited, began: number) {
  const roles = {
    chair: 'Chair',
    deputy: 'Deputy chair',
    member: 'Member',
    volunteer: 'Volunteer',
    guest: 'Guest',
  }
  const late = (from: Instant) => (from.epochMilliseconds > began ? ', after the start' : '')
  return (
    <>
      {roles[it.role]}
      {it.voting && ', with a vote'}
      {it.attendance?.deputyWords && `. Deputy: ${it.attendance.deputyWords}`}
      {it.stays.map((stay, n) => (
        <span key={n}>
          {`. Here from ${clockTime(stay.from)}${late(stay.from)}`}
          {stay.to && ` to ${clockTime(stay.to)}`}
        </span>
      ))}
      {it.stays.some(each => each.to === null) && (
        <>
          {' '}
          <StatusTag tone="good">Here now</StatusTag>
        </>
      )}
    </>
  )
}

export const attendanceRoutes: readonly AnyRoute[] = [apologies, attendance]
