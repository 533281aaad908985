import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { type Refusal, refuse } from '#kernel/decision.ts'
import type { Doing } from '#platform/doing.ts'
import { isTeam, personRule, type Rule } from '#platform/permission.ts'
import { dayOf, hasCome, type LoadedMeeting, loadMeeting } from '#slices/meetings/index.ts'

/** So many days after the meeting its answers are taken; then, and not before, the team sees them (BOARD-23). */
export const openDays = 14

export interface AskedAfter extends LoadedMeeting {
  /** Volunteers and lay members who were there. */
  readonly volunteers: readonly {
    readonly personId: number
    readonly name: string
    readonly answered: boolean
  }[]
}

export const mayAnswerAfter: Rule<AskedAfter> = personRule(
  'a volunteer who was there, or the team as told',
  (actor, it) => isTeam(actor) || it.volunteers.some(each => each.personId === actor.personId),
)

/** Volunteers and lay members of the group who were at a meeting; `m` is the meeting. */
export const laysThere = sql`select distinct p.id as person_id, p.name from attendance a
  join person p on p.network_id = a.network_id and p.id = a.person_id
  join membership k on k.network_id = a.network_id and k.person_id = a.person_id and k.group_id = m.group_id
    and (k.lay or k.role = 'volunteer') and k.from_on <= (m.starts_at at time zone 'Europe/London')::date
    and (k.to_on is null or k.to_on >= (m.starts_at at time zone 'Europe/London')::date)
  where a.network_id = m.network_id and a.meeting_id = m.id and a.state = 'present'`

export async function loadAfter(
  doing: Pick<Doing, 'tx' | 'today' | 'when'>,
  given: string | undefined,
  how: { forChange: boolean },
): Promise<AskedAfter | undefined> {
  const meeting = await loadMeeting(doing, given, how)
  if (!meeting) return undefined
  const found = await sql<AskedAfter['volunteers'][number]>`
    select v.person_id as "personId", v.name, exists (select from after_meeting_answered d
      where d.meeting_id = m.id and d.person_id = v.person_id) as answered
    from meeting m, lateral (${laysThere}) v where m.id = ${meeting.id} order by v.name, v.person_id`.execute(
    doing.tx,
  )
  return { ...meeting, volunteers: found.rows }
}

export function answeringCannot(
  it: Pick<LoadedMeeting, 'it' | 'row'>,
  today: Temporal.PlainDate,
): Refusal | undefined {
  if (!hasCome(it.it, 'held') || (it.it.state === 'held' && it.row.ended_at === null)) {
    return refuse('not-over', 'You are asked after the meeting')
  }
  return dayOf(it).until(today).days > openDays
    ? refuse('too-late', `These questions were open for ${openDays} days after the meeting`)
    : undefined
}

export interface AnswerAfter {
  readonly named: boolean
  readonly tookPart: 'yes' | 'partly' | 'no'
  readonly wasHeard: 'yes' | 'partly' | 'no'
  readonly wouldHelp: string
}

/**
 * One answer of each volunteer. Without a name nothing is kept that leads to a person: no time, no number, a random
 * key, and every row of the meeting is written anew in the order of its key, so that neither place nor transaction
 * in the database tells which answer came with whose mark.
 */
export async function answerAfter(
  doing: Doing,
  loaded: AskedAfter,
  personId: number,
  given: AnswerAfter,
): Promise<{ readonly accepted: true } | Refusal> {
  const { tx, network, today } = doing
  const cannot = answeringCannot(loaded, today)
  if (cannot) return cannot
  if (!loaded.volunteers.some(each => each.personId === personId)) {
    return refuse('not-there', 'Choose a volunteer who was there')
  }
  const first = await tx
    .insertInto('after_meeting_answered')
    .values({ network_id: network.id, meeting_id: loaded.id, person_id: personId })
    .onConflict(on => on.doNothing())
    .executeTakeFirst()
  if (Number(first.numInsertedOrUpdatedRows ?? 0) === 0) {
    return refuse('answered', 'These questions are answered already')
  }
  await tx
    .insertInto('after_meeting')
    .values({
      network_id: network.id,
      meeting_id: loaded.id,
      key: randomBytes(16).toString('base64url'),
      person_id: given.named ? personId : null,
      took_part: given.tookPart,
      was_heard: given.wasHeard,
      would_help: given.wouldHelp,
    })
    .execute()
  await mix(doing, loaded.id)
  return { accepted: true }
}

async function mix({ tx }: Doing, meetingId: number): Promise<void> {
  const answers = await tx
    .selectFrom('after_meeting')
    .select('key')
    .where('meeting_id', '=', meetingId)
    .orderBy('key')
    .execute()
  for (const { key } of answers) {
    await tx
      .updateTable('after_meeting')
      .set({ key: randomBytes(16).toString('base64url') })
      .where('meeting_id', '=', meetingId)
      .where('key', '=', key)
      .execute()
  }
  const marks = await tx
    .selectFrom('after_meeting_answered')
    .select('person_id')
    .where('meeting_id', '=', meetingId)
    .orderBy('person_id')
    .execute()
  for (const { person_id } of marks) {
    await tx
      .updateTable('after_meeting_answered')
      .set({ person_id })
      .where('meeting_id', '=', meetingId)
      .where('person_id', '=', person_id)
      .execute()
  }
}
