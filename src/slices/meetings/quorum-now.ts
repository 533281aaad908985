import { sql } from 'kysely'
import { happened } from '#kernel/decision.ts'
import type { Instant, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { type Voter, votersQuery } from './groups/voters.ts'
import { type Quorum, quorumOf, withoutVote } from './quorum.ts'
import type { LoadedMeeting } from './store.ts'

/** Who is in the meeting at this moment, or was at another. */
export async function presentNow(tx: Tx, meetingId: number, at?: Instant): Promise<number[]> {
  const rows = await tx
    .selectFrom('presence')
    .select('person_id')
    .distinct()
    .where('meeting_id', '=', meetingId)
    .$if(at === undefined, query => query.where('left_at', 'is', null))
    .$if(at !== undefined, query =>
      query
        .where('joined_at', '<=', at!)
        .where(eb => eb.or([eb('left_at', 'is', null), eb('left_at', '>', at!)])),
    )
    .orderBy('person_id')
    .execute()
  return rows.map(each => each.person_id)
}

/** The day of a meeting, in London: memberships are asked of it. */
export const dayOf = (meeting: Pick<LoadedMeeting, 'it'>) =>
  meeting.it.startsAt.toZonedDateTimeISO('Europe/London').toPlainDate()

/** What quorum is worked out from, as columns of a statement. */
export const quorumColumns = (tx: Tx, meeting: LoadedMeeting, itemId: number | undefined, at?: Instant) => {
  const then = at?.toString() ?? null
  return sql`
    (select coalesce(jsonb_agg(v), '[]') from (${votersQuery(tx, meeting.groupId, dayOf(meeting))}) v) as voters,
    coalesce((select jsonb_agg(distinct p.person_id) from presence p where p.meeting_id = ${meeting.id}
      and case when ${then}::timestamptz is null then p.left_at is null
        else p.joined_at <= ${then}::timestamptz and (p.left_at is null or p.left_at > ${then}::timestamptz) end),
      '[]') as present,
    coalesce((select jsonb_agg(x.person_id) from conflict x where x.item_id = ${itemId ?? -1}
      and x.outcome = any(${[...withoutVote]}::text[])), '[]') as conflicts`
}

export interface QuorumRow {
  readonly voters: readonly Voter[]
  readonly present: readonly number[]
  readonly conflicts: readonly number[]
}

export const quorumFrom = (meeting: LoadedMeeting, { voters, present, conflicts }: QuorumRow): Quorum =>
  quorumOf({ rule: meeting.group, voters, present, inConflict: conflicts })

/** For one item, or without one for the meeting as a whole; now, or at another moment. One statement. */
export async function loadQuorum(
  doing: Pick<Doing, 'tx'>,
  meeting: LoadedMeeting,
  itemId?: number,
  at?: Instant,
): Promise<Quorum & { readonly voters: readonly Voter[]; readonly entitled: readonly Voter[] }> {
  const found = await sql<QuorumRow>`select ${quorumColumns(doing.tx, meeting, itemId, at)}`.execute(doing.tx)
  const row = found.rows[0]!
  return {
    ...quorumFrom(meeting, row),
    voters: row.voters,
    entitled: row.voters.filter(
      each => row.present.includes(each.personId) && !row.conflicts.includes(each.personId),
    ),
  }
}

/**
 * Writes into the open item's history when its quorum is lost or there again: called whenever somebody comes or
 * goes, a conflict is decided, or an item opens. Says nothing twice.
 */
export async function noteQuorum(doing: Doing, meeting: LoadedMeeting): Promise<void> {
  const open = await doing.tx
    .selectFrom('agenda_item as i')
    .select('i.id')
    .select(
      sql<string | null>`(select h.event from history h where h.network_id = i.network_id
        and h.thing_kind = 'agenda-item' and h.thing_id = i.id and h.event in ('quorum-lost', 'quorum-regained')
        order by h.id desc limit 1)`.as('last'),
    )
    .where('i.meeting_id', '=', meeting.id)
    .where('i.opened_at', 'is not', null)
    .where('i.closed_at', 'is', null)
    .executeTakeFirst()
  if (!open) return
  const quorum = await loadQuorum(doing, meeting, open.id)
  const was = open.last !== 'quorum-lost'
  if (quorum.held === was) return
  await doing.happened({ kind: 'agenda-item', id: open.id }, [
    happened(quorum.held ? 'quorum-regained' : 'quorum-lost', { words: quorum.words }),
  ])
}
