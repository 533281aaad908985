import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { ButtonLink, Checkboxes, Form, InsetText, Radios, Select, SummaryList } from '#design/index.ts'
import { momentAt } from '#kernel/calendar/times.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import type { Instant, PlainDate, Row } from '#platform/database/tables.ts'
import { choice, pickedId, several, withDate } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  type Screen,
  type Submitted,
  type Visit,
} from '#platform/http/route.ts'
import { anyOf, isTeam, personRule, theTeam } from '#platform/permission.ts'
import { mayRunMeeting } from '../access.ts'
import { LettersAhead } from '../correspondence/dates.tsx'
import { correspondencePlan } from '../correspondence/plan.ts'
import { papersDue } from '../meeting.ts'
import { meetingPaths } from '../paths.ts'
import { teamsIsOn } from '../teams/connection.ts'
import { dayAndTime, fromTo, weekday } from '../words.ts'
import { meetsAlready, planMeetings, titleOf } from './changes.ts'
import { type Draft, dayIn, readDraft, saveDraft, takeDraft, timeIn } from './draft.ts'
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
import { type AccessFacts, kindWords } from './place.ts'
import { type PlannedDay, whyNot, yearByCadence } from './year.ts'

type Here = Visit<{ draft?: Draft }>

const leadsAGroup = personRule('the chair or deputy of a group', actor =>
  actor.memberships.some(each => each.role === 'chair' || each.role === 'deputy'),
)
/** Whoever may plan some meeting; for which groups is asked again with the form. */
export const mayPlan = anyOf(leadsAGroup, theTeam)

const common = {
  who: mayPlan,
  // An administrator has no draft, and `who` sends them away as a stranger.
  load: (visit: Visit<undefined>) => (visit.actor ? readDraft(visit.tx, visit.actor.personId) : {}),
  guardsVersion: false,
} as const

type Group = Row<'network_group'>

async function groupsToPlan({ tx, me }: Here): Promise<Group[]> {
  const led = me.memberships.filter(each => mayRunMeeting.holds(me, each)).map(each => each.groupId)
  return await tx
    .selectFrom('network_group')
    .selectAll()
    .$if(!isTeam(me), query => query.where('id', 'in', led.length > 0 ? led : [-1]))
    .orderBy('name')
    .execute()
}

const begin = form('/:network/meetings/new', {
  ...common,
  audit: 'meeting-draft-kept',
  fields: withDate(
    'on',
    { required: 'Enter the day of the meeting' },
    {
      group: pickedId('Choose who meets'),
      many: choice('Choose how many you want to plan', ['one', 'year']),
      time: timeField,
      minutes: minutesField,
      kind: kindField,
    },
  ),
  async screen(visit: Here, filled): Promise<Screen> {
    const groups = await groupsToPlan(visit)
    const { draft } = visit.thing
    const asked = groups.find(each => each.slug === visit.query.get('group'))
    const group = asked ? String(asked.id) : draft ? String(draft.groupId) : onlyOne(groups)
    return {
      title: 'Plan a meeting',
      back: { href: meetingPaths.list(visit.network.slug), text: 'All meetings' },
      body: (
        <Form hidden={visit.hidden} button="Continue">
          <Select
            name="group"
            label="Who meets?"
            empty="Choose a group"
            value={filled.values.group ?? group}
            options={groups.map(each => ({ value: String(each.id), text: each.name }))}
            errors={filled.errors}
          />
          <Radios
            name="many"
            label="How many do you want to plan?"
            value={filled.values.many ?? draft?.many}
            errors={filled.errors}
            options={[
              { value: 'one', label: 'One meeting' },
              {
                value: 'year',
                label: 'A whole year',
                hint: 'As often as the group meets. You see all days before anything is planned.',
              },
            ]}
          />
          <WhenFields
            filled={filled}
            given={
              draft
                ? {
                    day: String(dayIn(draft).day),
                    month: String(dayIn(draft).month),
                    year: String(dayIn(draft).year),
                    time: draft.time,
                    minutes: String(draft.minutesLong),
                  }
                : { minutes: '120' }
            }
          />
          <KindField filled={filled} given={draft?.kind} />
        </Form>
      ),
    }
  },
  async submit(visit: Here, given) {
    const group = (await groupsToPlan(visit)).find(each => each.id === given.group)
    if (!group) return errors({ field: 'group', message: 'Choose a group from the list' })
    if (given.many === 'year' && group.cadence_weeks === null) {
      return errors({
        field: 'many',
        message: `Say first how often ${group.short_name} meets: it stands on the group’s page`,
      })
    }
    const wrong = whenWillNotDo(visit, given.on, given.time)
    if (wrong) return wrong
    await saveDraft(visit, {
      groupId: group.id,
      many: given.many,
      on: given.on.toString(),
      time: given.time.toString().slice(0, 5),
      minutesLong: given.minutes,
      kind: given.kind,
    })
    return { to: meetingPaths.check(visit.network.slug) }
  },
})

const onlyOne = (groups: readonly Group[]) => (groups.length === 1 ? String(groups[0]!.id) : undefined)

/** What is wrong with a day and a time as such; undefined when a meeting can begin then. */
export function whenWillNotDo(
  visit: Pick<Visit, 'now' | 'today'>,
  day: PlainDate,
  time: Temporal.PlainTime,
): Submitted | undefined {
  const moment = momentAt(day, time)
  if (!moment.ok) return errors({ field: 'time', message: moment.sentence })
  if (Temporal.Instant.compare(moment.at, visit.now) <= 0) {
    return errors({ field: 'on', message: 'The meeting must be in the future' })
  }
  return Temporal.PlainDate.compare(day, visit.today.add({ years: 3 })) > 0
    ? errors({ field: 'on', message: 'The meeting must be within the next 3 years' })
    : undefined
}

interface Ready {
  readonly draft: Draft
  readonly group: Group
  readonly days: readonly (PlannedDay & { readonly at: Instant })[]
}

/** What the second page is about; undefined when there is nothing to check (any more). */
async function readyOf(visit: Here): Promise<Ready | undefined> {
  const { draft } = visit.thing
  const group = draft && (await groupsToPlan(visit)).find(each => each.id === draft.groupId)
  if (!draft || !group) return undefined
  const day = dayIn(draft)
  const days: readonly PlannedDay[] =
    draft.many === 'year' && group.cadence_weeks !== null
      ? yearByCadence(day, group.cadence_weeks)
      : [{ on: day }]
  const timed = days.flatMap(each => {
    const moment = momentAt(each.on, timeIn(draft))
    return moment.ok ? [{ ...each, at: moment.at }] : []
  })
  return timed.length > 0 ? { draft, group, days: timed } : undefined
}

const check = form('/:network/meetings/new/check', {
  ...common,
  audit: 'meeting-planned',
  fields: z.object({ days: several(), ...whereShape }),
  async screen(visit: Here, filled): Promise<Screen> {
    const ready = await readyOf(visit)
    const start = meetingPaths.new(visit.network.slug)
    if (!ready) {
      return {
        title: 'Plan a meeting',
        back: { href: start, text: 'Back' },
        body: (
          <>
            <p>There is nothing to check yet: say first who meets, and when.</p>
            <ButtonLink href={start}>Start</ButtonLink>
          </>
        ),
      }
    }
    const { draft, days } = ready
    const isYear = draft.many === 'year'
    const lastRoom = draft.kind === 'online' ? undefined : await lastRoomOf(visit, ready.group.id)
    return {
      title: isYear ? `Check these ${days.length} meetings` : 'Check this meeting',
      caption: ready.group.name,
      back: { href: start, text: 'Back' },
      body: (
        <Form
          hidden={visit.hidden}
          button={isYear ? 'Plan them and invite everybody' : 'Plan it and invite everybody'}
        >
          {isYear ? <Days ready={ready} filled={filled} /> : <OneDay visit={visit} ready={ready} />}
          <WhereFields
            filled={filled}
            given={lastRoom}
            online={draft.kind !== 'in-person'}
            inRoom={draft.kind !== 'online'}
            teams={draft.kind !== 'in-person' && (await teamsIsOn(visit.tx))}
          />
          {!isYear && <Letters visit={visit} ready={ready} />}
        </Form>
      ),
    }
  },
  async submit(visit: Here, given) {
    const ready = await readyOf(visit)
    if (!ready) return { to: meetingPaths.new(visit.network.slug) }
    const { draft, group } = ready
    const days =
      draft.many === 'one' ? ready.days : ready.days.filter(each => given.days.includes(each.on.toString()))
    if (days.length === 0) return errors({ field: 'days', message: 'Choose at least one day' })
    const nowhere = venueMissing(draft.kind, given)
    if (nowhere) return errors(nowhere)
    const wrong = whenWillNotDo(visit, days[0]!.on, timeIn(draft))
    if (wrong) {
      return errors({ message: 'This time has passed by now. Go back and choose another day' })
    }
    const taken = await meetsAlready(
      visit,
      group.id,
      days.map(each => each.at),
    )
    if (taken.length > 0) {
      return errors({
        ...(draft.many === 'year' ? { field: 'days' } : {}),
        message: `${group.short_name} meets on ${dayAndTime(taken[0]!)} already`,
      })
    }
    if (!(await takeDraft(visit.tx, visit.me.personId))) {
      return errors({ message: 'This was planned already. Look at the list of meetings' })
    }
    const made = await planMeetings(
      visit,
      days.map(each => ({
        groupId: group.id,
        title: titleOf(group, each.at),
        startsAt: each.at,
        minutesLong: draft.minutesLong,
        ...placeGiven(draft.kind, given),
      })),
    )
    const { slug } = visit.network
    return {
      to:
        made.length === 1
          ? meetingPaths.one(slug, reference('M', made[0]!.number))
          : `${meetingPaths.list(slug)}?group=${group.id}`,
    }
  },
})

/** Where the group met last: most often it is the same room again. The link to join is another each time. */
async function lastRoomOf({ tx }: Here, groupId: number) {
  const row = await tx
    .selectFrom('meeting')
    .select(['venue', 'access', 'travel'])
    .where('group_id', '=', groupId)
    .where('venue', '<>', '')
    .orderBy('starts_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { ...row, link: '', access: row.access as AccessFacts }
}

function OneDay({ visit, ready: { draft, group, days } }: { visit: Here; ready: Ready }) {
  const { at, on } = days[0]!
  const change = { href: meetingPaths.new(visit.network.slug) }
  const because = whyNot(on)
  return (
    <>
      <SummaryList
        rows={[
          { key: 'When', value: fromTo(at, draft.minutesLong), action: { ...change, about: 'when' } },
          { key: 'How', value: kindWords[draft.kind], action: { ...change, about: 'how people take part' } },
          {
            key: 'Papers',
            value: `By ${dateInWords(papersDue(at, group.paper_days, visit.today, visit.when.clocks))}`,
          },
        ]}
      />
      {because && (
        <InsetText>
          {dateInWords(on)} is {because}.
        </InsetText>
      )}
    </>
  )
}

function Days({ ready: { draft, days }, filled }: { ready: Ready; filled: Filled }) {
  const lists = filled.errors.length > 0 ? (filled.lists.days ?? []) : undefined
  return (
    <Checkboxes
      name="days"
      label="Which of these days do you want?"
      hint={`Each takes ${draft.minutesLong} minutes. ${kindWords[draft.kind]}.`}
      values={lists ?? days.map(each => each.on.toString())}
      errors={filled.errors}
      options={days.map(each => ({
        value: each.on.toString(),
        label: dayAndTime(each.at),
        ...(each.instead
          ? {
              hint: `Not on ${weekday(each.instead.of)} ${dateInWords(each.instead.of)}: that is ${each.instead.because}.`,
            }
          : {}),
      }))}
    />
  )
}

function Letters({ visit, ready: { group, days } }: { visit: Here; ready: Ready }) {
  const startsAt = days[0]!.at
  const papersDueOn = papersDue(startsAt, group.paper_days, visit.today, visit.when.clocks)
  return (
    <LettersAhead
      letters={correspondencePlan(
        { state: 'planned', startsAt, papersDueOn },
        visit.today,
        visit.when.clocks,
      )}
    />
  )
}

export const planningRoutes: AnyRoute[] = [begin, check]
