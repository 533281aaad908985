import { sql } from 'kysely'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import { mayVoteOn } from '#slices/induction/index.ts'

/** Somebody with a vote in a group on one day. */
export interface Voter {
  readonly personId: number
  readonly name: string
  /** A lay member: a member of the public. Two memberships of one person count once, and as lay only if both are. */
  readonly lay: boolean
}

/**
 * Who had a vote in a group on a day: votes and quorum use the membership of that day (BOARD-1), of those who had what
 * the network asks for before a vote (PEOPLE-6, PEOPLE-8).
 */
export const votersOn = (tx: Tx, groupId: number, day: PlainDate): Promise<Voter[]> =>
  votersQuery(tx, groupId, day).execute()

/** The same, to be asked within another statement. */
export const votersQuery = (tx: Tx, groupId: number, day: PlainDate) =>
  tx
    .selectFrom('membership as m')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'm.network_id').onRef('p.id', '=', 'm.person_id'),
    )
    .select(['p.id as personId', 'p.name', sql<boolean>`bool_and(m.lay)`.as('lay')])
    .where('m.group_id', '=', groupId)
    .where('m.voting', '=', true)
    .where(mayVoteOn(day))
    .where('m.from_on', '<=', day)
    .where(eb => eb.or([eb('m.to_on', 'is', null), eb('m.to_on', '>=', day)]))
    .where(eb => eb.or([eb('p.left_on', 'is', null), eb('p.left_on', '>', day)]))
    .groupBy(['p.id', 'p.name'])
    .orderBy('p.name')
    .orderBy('p.id')
