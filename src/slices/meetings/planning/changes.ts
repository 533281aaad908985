import { sql } from 'kysely'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { type Decision, happened, refuse } from '#kernel/decision.ts'
import type { Instant, Row, RowChange } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { forgetAnswers } from '../answers.ts'
import { invite } from '../correspondence/invite.ts'
import {
  cancelledLetter,
  changedLetter,
  type FromOrganiser,
  linkLetter,
  movedLetter,
  organised,
  type ToldMeeting,
  toldMeeting,
} from '../correspondence/letters.ts'
import { type Recipient, recipientsOf } from '../correspondence/people.ts'
import { cancel, isAhead, type Meeting, move, papersDue } from '../meeting.ts'
import { type LoadedMeeting, type NewMeeting, saveMeeting, planMeeting as writeMeeting } from '../store.ts'
import { wantLinks } from '../teams/want.ts'
import { type AccessFacts, type MeetingKind, placeOf } from './place.ts'
import { viewsMoveAlong, viewsOfCancelled } from './views.ts'

/** What people call it, unless somebody gives it another name: "Operational Board, 3 March 2027". */
export const titleOf = (group: { readonly short_name: string }, startsAt: Instant): string =>
  `${group.short_name}, ${dateInWords(dayOf(startsAt))}`

/** One meeting with its standing items, and everybody of the group invited. */
export async function planMeeting(doing: Doing, given: NewMeeting): Promise<{ id: number; number: number }> {
  const made = await writeMeeting(doing, given)
  await wantLinks(doing)
  await invite(doing, [made.id])
  return made
}

/** Several at once, for whoever plans a year: each person hears of all of them together. */
export async function planMeetings(
  doing: Doing,
  given: readonly NewMeeting[],
): Promise<{ id: number; number: number }[]> {
  const made: { id: number; number: number }[] = []
  for (const each of given) made.push(await writeMeeting(doing, each))
  await wantLinks(doing)
  await invite(
    doing,
    made.map(each => each.id),
  )
  return made
}

type Done = Decision<Meeting>

/** To another time, with the day of its papers worked out again. */
export async function moveMeeting(
  doing: Doing,
  loaded: LoadedMeeting,
  to: { readonly startsAt: Instant; readonly minutesLong: number; readonly because: string },
): Promise<Done> {
  const papersDueOn = papersDue(to.startsAt, loaded.group.paper_days, doing.today, doing.when.clocks)
  const step = move(loaded.it, { ...to, papersDueOn }, doing.now)
  if (!step.accepted) return step
  const before = loaded.it.startsAt
  const isNamedByItsDay = loaded.row.title === titleOf(loaded.group, before)
  const row = await change(doing, loaded, step, {
    ...(isNamedByItsDay ? { title: titleOf(loaded.group, to.startsAt) } : {}),
    timed_sequence: loaded.row.sequence + 1,
  })
  // Whoever said that they come said it of another time.
  await forgetAnswers(doing, loaded.id)
  await tellAll(doing, loaded, row, (from, told, person) =>
    movedLetter(from, told, person, { before, because: to.because }),
  )
  if (!dayOf(before).equals(dayOf(to.startsAt))) {
    await viewsMoveAlong(doing, loaded, { before, to: to.startsAt, because: to.because })
  }
  return step
}

export async function cancelMeeting(doing: Doing, loaded: LoadedMeeting, because: string): Promise<Done> {
  const step = cancel(loaded.it, because)
  if (!step.accepted) return step
  const row = await change(doing, loaded, step, {})
  await tellAll(doing, loaded, row, (from, told, person) => cancelledLetter(from, told, person, because))
  await viewsOfCancelled(doing, loaded, because)
  return step
}

export interface MeetingDetails {
  readonly title: string
  readonly kind: MeetingKind
  readonly link: string
  readonly venue: string
  readonly access: AccessFacts
  readonly travel: string
}

/** Where and how it is held; everybody hears of it, and their calendars change with it. */
export async function changeDetails(doing: Doing, loaded: LoadedMeeting, to: MeetingDetails): Promise<Done> {
  const { it, row } = loaded
  if (!isAhead(it)) {
    return it.state === 'cancelled'
      ? refuse('cancelled', 'This meeting was cancelled')
      : refuse('held', 'This meeting was held already')
  }
  const changed = changesOf(row, to)
  if (changed.length === 0) return refuse('nothing-new', 'Nothing is different from before')
  const step: Done = { accepted: true, state: it, events: [happened('details-changed', { what: changed })] }
  const place = to.kind === row.kind && to.venue === row.venue ? row.place : placeOf(to.kind, to.venue)
  const saved = await change(doing, loaded, step, { ...to, place, access: JSON.stringify(to.access) })
  await tellAll(doing, loaded, saved, changedLetter)
  return step
}

/** The link came from Teams: calendars change with it, and whoever was invited without it hears of it. */
export async function setLink(doing: Doing, loaded: LoadedMeeting, link: string): Promise<void> {
  const step = { accepted: true as const, state: loaded.it, events: [happened('link-made')] }
  const row = await change(doing, loaded, step, { link })
  const invited = await doing.tx
    .selectFrom('reminder')
    .select('key')
    .where('key', 'like', `meeting-invitation:${loaded.id}:%`)
    .limit(1)
    .executeTakeFirst()
  if (invited) await tellAll(doing, loaded, row, linkLetter)
}

function changesOf(row: Row<'meeting'>, to: MeetingDetails): string[] {
  const names = ['title', 'kind', 'link', 'venue', 'travel'] as const
  const facts = (row.access ?? {}) as AccessFacts
  const keys = new Set([...Object.keys(facts), ...Object.keys(to.access)]) as Set<keyof AccessFacts>
  return [
    ...names.filter(each => row[each] !== to[each]),
    ...([...keys].some(each => (facts[each] ?? '') !== (to.access[each] ?? '')) ? ['access'] : []),
  ]
}

/** Whatever a calendar shows has changed: the number rises, and the time of the change is new (R37). */
async function change(
  doing: Doing,
  loaded: LoadedMeeting,
  step: Extract<Done, { accepted: true }>,
  more: RowChange<'meeting'>,
): Promise<Row<'meeting'>> {
  await saveMeeting(doing, loaded, step, {
    ...more,
    sequence: loaded.row.sequence + 1,
    changed_at: doing.now,
  })
  return await doing.tx
    .selectFrom('meeting')
    .selectAll()
    .where('id', '=', loaded.id)
    .executeTakeFirstOrThrow()
}

async function tellAll(
  doing: Doing,
  loaded: LoadedMeeting,
  row: Row<'meeting'>,
  letter: (from: FromOrganiser, told: ToldMeeting, to: Recipient) => Telling,
): Promise<void> {
  const people = await recipientsOf(doing, loaded)
  const from = await organised(
    doing,
    people.map(to => ({ meetingId: loaded.id, to })),
  )
  const told = toldMeeting(row, loaded.group)
  await doing.tell(...people.map(to => letter(from, told, to)))
}

/** When the group meets already: nobody plans two meetings of one group for one time. */
export async function meetsAlready(
  doing: Pick<Doing, 'tx'>,
  groupId: number,
  moments: readonly Instant[],
): Promise<readonly Instant[]> {
  // Two who plan at the same moment: the second waits here, and then sees what the first planned.
  await doing.tx.selectFrom('network_group').select('id').where('id', '=', groupId).forUpdate().execute()
  const rows = await doing.tx
    .selectFrom('meeting')
    .select('starts_at')
    .where('group_id', '=', groupId)
    .where('state', '<>', 'cancelled')
    .where('starts_at', '=', sql<Instant>`any(${moments.map(String)}::timestamptz[])`)
    .execute()
  return rows.map(each => each.starts_at)
}
