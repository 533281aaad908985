import { z } from 'zod'
import { Form, InsetText, TextArea, TextField } from '#design/index.ts'
import { momentAt } from '#kernel/calendar/times.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import type { Decision } from '#kernel/decision.ts'
import { text, withDate } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  type Load,
  refused,
  type Screen,
  type Submitted,
  type Visit,
} from '#platform/http/route.ts'
import { mayRunMeeting } from '../access.ts'
import { isAhead, type Meeting } from '../meeting.ts'
import { meetingPaths } from '../paths.ts'
import { type LoadedMeeting, loadMeeting } from '../store.ts'
import { teamsIsOn } from '../teams/connection.ts'
import { dayAndTime, fromTo } from '../words.ts'
import { cancelMeeting, changeDetails, meetsAlready, moveMeeting } from './changes.ts'
import {
  KindField,
  kindField,
  minutesField,
  placeGiven,
  timeField,
  venueMissing,
  WhenFields,
  WhereFields,
  whereShape,
} from './fields.tsx'
import { whenWillNotDo } from './new.tsx'
import { type AccessFacts, placeInWords } from './place.ts'

type Here = Visit<LoadedMeeting>

const load: Load<LoadedMeeting> = (visit, how) => loadMeeting(visit, visit.params.meeting, how)
const common = { who: mayRunMeeting, load } as const
const reason = (required: string) => text(required, { max: 1000, name: 'The reason' })

function answered(visit: Here, done: Decision<Meeting>, field?: string): Submitted {
  return done.accepted
    ? { to: meetingPaths.one(visit.network.slug, visit.thing.reference) }
    : refused(done, field)
}

/** One step's page: which meeting it is about stands above; what is over says so. */
function stepScreen(
  visit: Here,
  filled: Filled,
  words: { title: string; button: string; warning?: boolean },
  body: React.ReactNode,
): Screen {
  const { thing, network } = visit
  const back = meetingPaths.one(network.slug, thing.reference)
  return {
    title: words.title,
    caption: thing.reference,
    back: { href: back, text: 'Back to the meeting' },
    body: (
      <>
        <InsetText>
          <p>
            <bdi>{thing.row.title}</bdi>
          </p>
          <p>
            {fromTo(thing.it.startsAt, thing.it.minutesLong)}. {placeInWords(thing.row)}.
          </p>
        </InsetText>
        {isAhead(thing.it) || filled.errors.length > 0 ? (
          <Form
            hidden={visit.hidden}
            button={words.button}
            warning={words.warning ?? false}
            secondary={{ text: 'Do not change anything', href: back }}
          >
            {body}
          </Form>
        ) : (
          <p>
            {thing.it.state === 'cancelled'
              ? 'This meeting was cancelled.'
              : 'This meeting was held already.'}
          </p>
        )}
      </>
    ),
  }
}

const everybody = 'Everybody who is invited reads this.'

const moving = form('/:network/meetings/:meeting/move', {
  ...common,
  audit: 'meeting-moved',
  fields: withDate(
    'on',
    { required: 'Enter the new day' },
    { time: timeField, minutes: minutesField, because: reason('Say why the meeting moves') },
  ),
  screen: (visit: Here, filled) => {
    const { it } = visit.thing
    return stepScreen(
      visit,
      filled,
      { title: 'Move the meeting', button: 'Move it and tell everybody' },
      <>
        <WhenFields
          filled={filled}
          given={{
            time: it.startsAt.toZonedDateTimeISO('Europe/London').toPlainTime().toString().slice(0, 5),
            minutes: String(it.minutesLong),
          }}
        />
        <TextArea
          name="because"
          label="Why does it move?"
          hint={everybody}
          value={filled.values.because}
          maxCharacters={1000}
          rows={3}
          errors={filled.errors}
        />
        <p>
          Their calendars change with it. So do the days of the papers and of the letters about this meeting.
        </p>
      </>,
    )
  },
  async submit(visit: Here, given) {
    const wrong = isAhead(visit.thing.it) && whenWillNotDo(visit, given.on, given.time)
    if (wrong) return wrong
    const moment = momentAt(given.on, given.time)
    if (!moment.ok) return errors({ field: 'time', message: moment.sentence })
    const { it, groupId, group } = visit.thing
    const taken = await meetsAlready(visit, groupId, moment.at.equals(it.startsAt) ? [] : [moment.at])
    if (taken.length > 0) {
      return errors({ field: 'on', message: `${group.short_name} meets on ${dayAndTime(taken[0]!)} already` })
    }
    const done = await moveMeeting(visit, visit.thing, {
      startsAt: moment.at,
      minutesLong: given.minutes,
      because: given.because,
    })
    return answered(
      visit,
      done,
      !done.accepted && ['in-the-past', 'same-time'].includes(done.reason) ? 'on' : undefined,
    )
  },
})

const cancelling = form('/:network/meetings/:meeting/cancel', {
  ...common,
  audit: 'meeting-cancelled',
  fields: z.object({ because: reason('Say why the meeting is cancelled') }),
  screen: (visit: Here, filled) =>
    stepScreen(
      visit,
      filled,
      { title: 'Cancel the meeting', button: 'Cancel it and tell everybody', warning: true },
      <>
        <p>
          It goes out of everybody’s calendar, and no more letters are sent about it. This cannot be undone.
        </p>
        <TextArea
          name="because"
          label="Why is it cancelled?"
          hint={everybody}
          value={filled.values.because}
          maxCharacters={1000}
          rows={3}
          errors={filled.errors}
        />
      </>,
    ),
  submit: async (visit: Here, { because }) =>
    answered(visit, await cancelMeeting(visit, visit.thing, because)),
})

const details = form('/:network/meetings/:meeting/details', {
  ...common,
  audit: 'meeting-details-changed',
  fields: z.object({
    title: text('Enter what the meeting is called', { max: 150, name: 'The name' }),
    kind: kindField,
    ...whereShape,
  }),
  screen: async (visit: Here, filled) => {
    const { row, it } = visit.thing
    const teams = await teamsIsOn(visit.tx)
    return stepScreen(
      visit,
      filled,
      { title: 'Change how or where', button: 'Save and tell everybody' },
      <>
        <TextField
          name="title"
          label="What is it called?"
          value={filled.values.title ?? row.title}
          errors={filled.errors}
        />
        <KindField filled={filled} given={row.kind} />
        <h2>Online</h2>
        <WhereFields filled={filled} given={{ ...row, access: {} }} online inRoom={false} teams={teams} />
        <h2>In a room</h2>
        <WhereFields
          filled={filled}
          given={{ ...row, access: row.access as AccessFacts }}
          online={false}
          inRoom
        />
        <p>The time stays: {dateInWords(it.startsAt.toZonedDateTimeISO('Europe/London').toPlainDate())}.</p>
      </>,
    )
  },
  async submit(visit: Here, { title, kind, ...where }) {
    const nowhere = venueMissing(kind, where)
    if (nowhere) return errors(nowhere)
    return answered(visit, await changeDetails(visit, visit.thing, { title, ...placeGiven(kind, where) }))
  },
})

export const changeRoutes: AnyRoute[] = [moving, cancelling, details]
