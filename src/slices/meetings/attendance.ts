import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { type Decision, happened, type Refusal, refuse } from '#kernel/decision.ts'
import type { Instant, Row } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { agendaOf, onAgenda } from './agenda-queries.ts'
import { forgetAnswers } from './answers.ts'
import { closeOpenItems } from './item-changes.ts'
import { hasCome, isAhead, type Meeting } from './meeting.ts'
import { dayOf, noteQuorum } from './quorum-now.ts'
import { type LoadedMeeting, saveMeeting } from './store.ts'

export type How = Row<'attendance'>['how']

/** Somebody who may come: a member of the group on the day, or who presents or writes for the meeting. */
export interface Invited {
  readonly personId: number
  readonly name: string
  readonly email: string | null
  readonly role: 'chair' | 'deputy' | 'member' | 'volunteer' | 'guest'
  readonly voting: boolean
  readonly lay: boolean
  readonly attendance: {
    readonly state: Row<'attendance'>['state']
    readonly how: How
    readonly deputyWords: string
    readonly because: string
  } | null
  /** When they came and went, oldest first. */
  readonly stays: readonly { readonly from: Instant; readonly to: Instant | null }[]
}

export const isHere = (it: Pick<Invited, 'stays'>): boolean => it.stays.some(each => each.to === null)

/** Everybody who may come, the chair first, then by name. One statement. */
export async function invitedTo(
  doing: Pick<Doing, 'tx'>,
  meeting: LoadedMeeting,
): Promise<readonly Invited[]> {
  const day = dayOf(meeting)
  const found = await sql<
    Omit<Invited, 'stays'> & { stays: { from: string; to: string | null }[] }
  >`select p.id as "personId", p.name, p.email, w.role, w.voting, w.lay,
      (select jsonb_build_object('state', a.state, 'how', a.how, 'deputyWords', a.deputy_words, 'because', a.because)
       from attendance a where a.meeting_id = ${meeting.id} and a.person_id = p.id) as attendance,
      coalesce((select jsonb_agg(jsonb_build_object('from', s.joined_at, 'to', s.left_at) order by s.joined_at)
        from presence s where s.meeting_id = ${meeting.id} and s.person_id = p.id), '[]') as stays
    from (
      select person_id, (array_agg(role order by role = 'guest', role))[1] as role,
        bool_or(voting) as voting, coalesce(bool_and(lay) filter (where role <> 'guest'), false) as lay
      from (
        select m.person_id, m.role, m.voting, m.lay from membership m where m.group_id = ${meeting.groupId}
          and m.from_on <= ${day} and (m.to_on is null or m.to_on >= ${day})
        union all
        select a.person_id, 'guest', false, false from attendance a where a.meeting_id = ${meeting.id}
        union all
        select g.id, 'guest', false, false from jsonb_array_elements_text(${JSON.stringify(meeting.guestIds)}::jsonb)
          as t(x), lateral (select t.x::integer as id) g
      ) every group by person_id) w
    join person p on p.id = w.person_id
    order by array_position(array['chair', 'deputy', 'member', 'volunteer', 'guest'], w.role), p.name, p.id`.execute(
    doing.tx,
  )
  return found.rows.map(row => ({
    ...row,
    stays: row.stays.map(each => ({
      from: Temporal.Instant.from(each.from),
      to: each.to === null ? null : Temporal.Instant.from(each.to),
    })),
  }))
}

/** Beforehand, by the member or for them by the team. */
export async function giveApologies(
  doing: Doing,
  meeting: LoadedMeeting,
  given: { personId: number; deputyWords: string; because: string },
): Promise<{ accepted: true } | Refusal> {
  if (!isAhead(meeting.it)) {
    return refuse('too-late', 'This meeting is not ahead any more, so the team marks who was there')
  }
  const invited = await invitedTo(doing, meeting)
  if (!invited.some(each => each.personId === given.personId)) {
    return refuse('not-invited', 'Choose somebody who is invited to this meeting')
  }
  await saveAttendance(doing, meeting, given.personId, {
    state: 'apologies',
    deputy_words: given.deputyWords,
    because: given.because,
  })
  await forgetAnswers(doing, meeting.id, given.personId)
  await doing.happened({ kind: 'meeting', id: meeting.id }, [
    happened('apologies', { personId: given.personId, deputy: given.deputyWords }),
  ])
  return { accepted: true }
}

/** They can come after all. */
export async function takeBackApologies(
  doing: Doing,
  meeting: LoadedMeeting,
  personId: number,
): Promise<{ accepted: true } | Refusal> {
  if (!isAhead(meeting.it)) return refuse('too-late', 'This meeting is not ahead any more')
  const gone = await doing.tx
    .deleteFrom('attendance')
    .where('meeting_id', '=', meeting.id)
    .where('person_id', '=', personId)
    .where('state', '=', 'apologies')
    .executeTakeFirst()
  if (Number(gone.numDeletedRows) > 0) {
    await doing.happened({ kind: 'meeting', id: meeting.id }, [
      happened('apologies-taken-back', { personId }),
    ])
  }
  return { accepted: true }
}

async function saveAttendance(
  doing: Doing,
  meeting: LoadedMeeting,
  personId: number,
  change: Pick<Row<'attendance'>, 'state'> &
    Partial<Pick<Row<'attendance'>, 'how' | 'deputy_words' | 'because'>>,
): Promise<void> {
  const by = { recorded_by_person_id: doing.actor?.personId ?? null, at: doing.now }
  await doing.tx
    .insertInto('attendance')
    .values({ network_id: doing.network.id, meeting_id: meeting.id, person_id: personId, ...change, ...by })
    .onConflict(on => on.columns(['network_id', 'meeting_id', 'person_id']).doUpdateSet({ ...change, ...by }))
    .execute()
}

/** From the day of the meeting until its minutes are agreed. */
export function cannotMark(meeting: Pick<Meeting, 'state' | 'startsAt'>, today: Temporal.PlainDate) {
  if (meeting.state === 'cancelled') return refuse('cancelled', 'This meeting was cancelled')
  if (hasCome(meeting, 'minutes-agreed')) {
    return refuse('agreed', 'The minutes are agreed, so who was there stays as it is')
  }
  const day = meeting.startsAt.toZonedDateTimeISO('Europe/London').toPlainDate()
  return Temporal.PlainDate.compare(today, day) < 0
    ? refuse('too-early', 'You can mark who is here on the day of the meeting')
    : undefined
}

export type Mark = How | 'gone' | 'apologies' | 'absent'

/**
 * Marks who is here, how, and who has left, from now on; after the meeting has ended, for the whole of it. What
 * stays as it was is left alone.
 */
export async function markAttendance(
  doing: Doing,
  meeting: LoadedMeeting,
  marks: ReadonlyMap<number, Mark>,
): Promise<{ accepted: true } | Refusal> {
  const cannot = cannotMark(meeting.it, doing.today)
  if (cannot) return cannot
  const invited = await invitedTo(doing, meeting)
  for (const [personId, mark] of marks) {
    const person = invited.find(each => each.personId === personId)
    if (!person) return refuse('not-invited', 'Choose people who are invited to this meeting')
    if (mark === markOf(person)) continue
    await markOne(doing, meeting, person, mark)
  }
  await noteQuorum(doing, meeting)
  return { accepted: true }
}

/** What is marked for somebody now; undefined when nothing is. */
export function markOf(it: Invited): Mark | undefined {
  if (isHere(it)) return it.attendance?.how ?? 'online'
  if (it.attendance?.state === 'present') return 'gone'
  return it.attendance?.state
}

/** As `markOf`, once the meeting has ended: whoever was there was there. */
export function markOfEnded(it: Invited): Mark | undefined {
  return it.attendance?.state === 'present' ? it.attendance.how : it.attendance?.state
}

async function markOne(doing: Doing, meeting: LoadedMeeting, person: Invited, mark: Mark): Promise<void> {
  const { personId } = person
  const ended = meeting.row.ended_at
  if (mark === 'apologies' || mark === 'absent') {
    await leave(doing, meeting, personId)
    // What was marked by mistake was not a stay.
    if (ended) await forgetStays(doing, meeting, personId)
    await saveAttendance(doing, meeting, personId, { state: mark })
    return
  }
  if (mark === 'gone') return await leave(doing, meeting, personId)
  await saveAttendance(doing, meeting, personId, { state: 'present', how: mark })
  if (isHere(person) || (ended && person.stays.length > 0)) return
  await doing.tx
    .insertInto('presence')
    .values({
      network_id: doing.network.id,
      meeting_id: meeting.id,
      person_id: personId,
      joined_at: ended ? meeting.it.startsAt : doing.now,
      left_at: ended,
    })
    .execute()
}

async function leave(doing: Doing, meeting: LoadedMeeting, personId: number): Promise<void> {
  await doing.tx
    .updateTable('presence')
    .set({ left_at: doing.now })
    .where('meeting_id', '=', meeting.id)
    .where('person_id', '=', personId)
    .where('left_at', 'is', null)
    .execute()
}

export async function forgetStays(doing: Doing, meeting: LoadedMeeting, personId: number): Promise<void> {
  await doing.tx
    .deleteFrom('presence')
    .where('meeting_id', '=', meeting.id)
    .where('person_id', '=', personId)
    .execute()
}

export interface Guest {
  readonly name: string
  readonly why: string
}

export async function guestsAt(
  doing: Pick<Doing, 'tx'>,
  meeting: Pick<LoadedMeeting, 'id'>,
): Promise<readonly Guest[]> {
  return await doing.tx
    .selectFrom('meeting_guest')
    .select(['name', 'why'])
    .where('meeting_id', '=', meeting.id)
    .orderBy('id')
    .execute()
}

/** Guests from outside the network, in words: the list as it should be. */
export async function saveGuests(
  doing: Doing,
  meeting: LoadedMeeting,
  guests: readonly Guest[],
): Promise<void> {
  await doing.tx.deleteFrom('meeting_guest').where('meeting_id', '=', meeting.id).execute()
  if (guests.length === 0) return
  await doing.tx
    .insertInto('meeting_guest')
    .values(guests.map(each => ({ ...each, network_id: doing.network.id, meeting_id: meeting.id })))
    .execute()
}

/** One a line: a name, and after a comma why they come. */
export const readGuests = (words: string): readonly Guest[] =>
  words
    .split('\n')
    .map(each => each.trim())
    .filter(each => each !== '')
    .map(line => {
      const at = line.indexOf(',')
      return at < 0
        ? { name: line, why: '' }
        : { name: line.slice(0, at).trim(), why: line.slice(at + 1).trim() }
    })

export const guestsInWords = (guests: readonly Guest[]): string =>
  guests.map(each => (each.why ? `${each.name}, ${each.why}` : each.name)).join('\n')

/** The meeting ends: whatever is open is closed, everybody has left, and who was never seen was absent. */
export async function endMeeting(doing: Doing, meeting: LoadedMeeting): Promise<Decision<Meeting>> {
  if (meeting.it.state !== 'held') {
    return refuse('not-held', isAhead(meeting.it) ? 'Open the meeting first' : 'This meeting is over')
  }
  if (meeting.row.ended_at) return refuse('ended', 'This meeting has ended already')
  const missed = onAgenda(await agendaOf(doing, meeting)).find(each => !each.opened_at && !each.standing)
  if (missed) {
    // Its title may be confidential: who is not named there does not read it here either.
    const name = missed.handling === 'named' ? 'a confidential item' : `“${missed.title}”`
    return refuse(
      'missed',
      `The meeting has not come to ${name}. Open it, or move it to a later meeting, before you end the meeting`,
    )
  }
  await closeOpenItems(doing, meeting)
  await doing.tx
    .updateTable('presence')
    .set({ left_at: doing.now })
    .where('meeting_id', '=', meeting.id)
    .where('left_at', 'is', null)
    .execute()
  for (const person of await invitedTo(doing, meeting)) {
    if (!person.attendance && person.role !== 'guest') {
      await saveAttendance(doing, meeting, person.personId, { state: 'absent' })
    }
  }
  const step = { accepted: true as const, state: meeting.it, events: [happened('ended')] }
  await saveMeeting(doing, meeting, step, { ended_at: doing.now })
  return step
}

export { saveAttendance }
