import { dateInWords } from '#kernel/calendar/words.ts'
import { happened, type Refusal, refuse } from '#kernel/decision.ts'
import type { Instant, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { cannotMark, forgetStays, invitedTo, saveAttendance } from '../attendance.ts'
import { dayOf, noteQuorum } from '../quorum-now.ts'
import type { LoadedMeeting } from '../store.ts'
import { type DateOrder, daysIn, joined, type Known, orderOf, peopleOf, type ReportPerson } from './people.ts'
import { type ReportRow, readReport } from './read.ts'

type Done = { readonly accepted: true } | Refusal

/** Reads a report and keeps it for a person to check; nothing about the meeting changes before that (R35). */
export async function takeReport(doing: Doing, meeting: LoadedMeeting, text: string): Promise<Done> {
  const cannot = cannotMark(meeting.it, doing.today)
  if (cannot) return cannot
  const read = readReport(text)
  if (!read.ok) return refuse('cannot-read', read.sentence)
  return await keepReport(doing, meeting, read.rows, doing.actor?.personId ?? null)
}

/** @param by null: Teams gave it by itself */
export async function keepReport(
  doing: Pick<Doing, 'tx' | 'network' | 'now'>,
  meeting: LoadedMeeting,
  rows: readonly ReportRow[],
  by: number | null,
): Promise<Done> {
  const order = orderOf(rows)
  const orders: readonly DateOrder[] = order === 'ask' ? ['day-first', 'month-first'] : [order]
  const wrong = orders.map(each => notOfThisDay(meeting, rows, each))
  const first = wrong[0]
  if (first && wrong.every(each => each !== undefined)) return first
  await forgetReports(doing.tx, meeting.id)
  await doing.tx
    .insertInto('attendance_report')
    .values({
      network_id: doing.network.id,
      meeting_id: meeting.id,
      rows: JSON.stringify(rows),
      by_person_id: by,
      at: doing.now,
    })
    .execute()
  return { accepted: true }
}

/** A report of another meeting is refused: nobody in it was there on this meeting's day. */
function notOfThisDay(
  meeting: LoadedMeeting,
  rows: readonly ReportRow[],
  order: DateOrder,
): Refusal | undefined {
  const read = peopleOf(rows, order)
  if (!read.ok) return refuse('cannot-read', read.sentence)
  const days = daysIn(read.people)
  if (days.some(each => each.equals(dayOf(meeting)))) return undefined
  const theirs = days[0] ? `It is about ${dateInWords(days[0])}` : 'It is about no day'
  return refuse(
    'another-meeting',
    `This report is of another meeting. ${theirs}, and this meeting is on ${dateInWords(dayOf(meeting))}`,
  )
}

export async function reportOf(
  doing: Pick<Doing, 'tx'>,
  meeting: LoadedMeeting,
): Promise<{ rows: readonly ReportRow[]; order: DateOrder | 'ask' } | undefined> {
  const kept = await doing.tx
    .selectFrom('attendance_report')
    .select('rows')
    .where('meeting_id', '=', meeting.id)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (!kept) return undefined
  const rows = kept.rows as readonly ReportRow[]
  return { rows, order: orderOf(rows) }
}

export async function forgetReports(tx: Tx, meetingId: number): Promise<void> {
  await tx.deleteFrom('attendance_report').where('meeting_id', '=', meetingId).execute()
}

/** Everybody of the network, those invited marked: for matching, and to choose from. */
export async function knownPeople(
  doing: Pick<Doing, 'tx'>,
  meeting: LoadedMeeting,
): Promise<readonly Known[]> {
  const invited = new Set((await invitedTo(doing, meeting)).map(each => each.personId))
  const people = await doing.tx
    .selectFrom('person')
    .select(['id', 'name', 'email'])
    .where('left_on', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .limit(5000)
    .execute()
  return people.map(each => ({ ...each, invited: invited.has(each.id) }))
}

/** Who somebody in the report is: a person, a guest who stays unknown, or nobody to be named. */
export type Answer = number | 'guest' | 'nobody'

/** A person has checked it: who was there and when is written, and the report itself is deleted. */
export async function confirmReport(
  doing: Doing,
  meeting: LoadedMeeting,
  given: {
    order: DateOrder
    answers: readonly { person: ReportPerson; is: Answer }[]
    rows: readonly ReportRow[]
  },
): Promise<Done> {
  const cannot = cannotMark(meeting.it, doing.today) ?? notOfThisDay(meeting, given.rows, given.order)
  if (cannot) return cannot
  const invited = await invitedTo(doing, meeting)
  const known = new Set((await knownPeople(doing, meeting)).map(each => each.id))
  const stays = new Map<number, ReportPerson['stays'][number][]>()
  const guests: string[] = []
  for (const { person, is } of given.answers) {
    if (is === 'nobody') continue
    if (is === 'guest') guests.push(person.name)
    else if (known.has(is)) stays.set(is, [...(stays.get(is) ?? []), ...person.stays])
    else return refuse('no-such-person', 'Choose a person of this network')
  }
  for (const [personId, theirs] of stays) {
    await forgetStays(doing, meeting, personId)
    const how = invited.find(each => each.personId === personId)?.attendance?.how
    await saveAttendance(doing, meeting, personId, { state: 'present', how: how ?? 'online' })
    await addStays(doing, meeting, personId, joined(theirs))
  }
  await addGuests(doing, meeting, guests)
  await forgetReports(doing.tx, meeting.id)
  await doing.happened({ kind: 'meeting', id: meeting.id }, [
    happened('attendance-from-report', { people: stays.size, guests: guests.length }),
  ])
  await noteQuorum(doing, meeting)
  return { accepted: true }
}

async function addStays(
  doing: Doing,
  meeting: LoadedMeeting,
  personId: number,
  stays: readonly { from: Instant; to: Instant }[],
): Promise<void> {
  await doing.tx
    .insertInto('presence')
    .values(
      stays.map(each => ({
        network_id: doing.network.id,
        meeting_id: meeting.id,
        person_id: personId,
        joined_at: each.from,
        left_at: each.to,
      })),
    )
    .execute()
}

async function addGuests(doing: Doing, meeting: LoadedMeeting, names: readonly string[]): Promise<void> {
  const there = await doing.tx
    .selectFrom('meeting_guest')
    .select('name')
    .where('meeting_id', '=', meeting.id)
    .execute()
  const fresh = [...new Set(names)].filter(name => !there.some(each => each.name === name))
  if (fresh.length === 0) return
  await doing.tx
    .insertInto('meeting_guest')
    .values(
      fresh.map(name => ({ network_id: doing.network.id, meeting_id: meeting.id, name: name.slice(0, 200) })),
    )
    .execute()
}

/** When who came and went is not needed any more: a month after the minutes were agreed; what calendars answered, a month after the
 * meeting; a report left unchecked, after a week. */
export async function forgetOldTimes({ tx, now }: Pick<Doing, 'tx' | 'now'>): Promise<void> {
  await tx
    .deleteFrom('presence')
    .where(eb =>
      eb(
        'meeting_id',
        'in',
        eb
          .selectFrom('minutes')
          .select('minutes.meeting_id')
          .where('minutes.agreed_at', '<', now.subtract({ hours: 24 * 30 })),
      ),
    )
    .execute()
  // Answers of calendars, and to whom invitations went, serve the meeting alone.
  const monthOver = tx
    .selectFrom('meeting')
    .select('id')
    .where('starts_at', '<', now.subtract({ hours: 24 * 30 }))
  for (const table of ['calendar_reply', 'calendar_invitation', 'meeting_answer'] as const) {
    await tx.deleteFrom(table).where('meeting_id', 'in', monthOver).execute()
  }
  await tx
    .deleteFrom('attendance_report')
    .where('at', '<', now.subtract({ hours: 24 * 7 }))
    .execute()
}
