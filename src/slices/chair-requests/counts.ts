import { sql } from 'kysely'
import type { PlainDate, Tx } from '#platform/database/tables.ts'

/** How a SIG answers (M37): as they are; whoever publishes them hides what is too small. */
export interface RequestCounts {
  readonly groupId: number
  readonly groupName: string
  /** All but the withdrawn. */
  readonly asked: number
  /** Had a first answer; on time and late together. */
  readonly answered: number
  readonly answeredOnTime: number
  readonly answeredLate: number
  /** Without an answer yet, the late ones among them. */
  readonly open: number
  readonly openLate: number
}

/** One line for each group that was ever asked. An answer is on time when it came by the day it was promised for. */
export async function requestCounts(tx: Tx, today: PlainDate): Promise<RequestCounts[]> {
  const rows = await tx
    .selectFrom('chair_request as r')
    .innerJoin('network_group as g', join =>
      join.onRef('g.network_id', '=', 'r.network_id').onRef('g.id', '=', 'r.group_id'),
    )
    .select([
      'r.group_id as groupId',
      'g.name as groupName',
      sql<number>`count(*)`.as('asked'),
      sql<number>`count(*) filter (where r.answered_on is not null)`.as('answered'),
      sql<number>`count(*) filter (where r.answered_on <= r.promised_on)`.as('answeredOnTime'),
      sql<number>`count(*) filter (where r.answered_on > r.promised_on)`.as('answeredLate'),
      sql<number>`count(*) filter (where r.answered_on is null)`.as('open'),
      sql<number>`count(*) filter (where r.answered_on is null and r.due_on < ${today})`.as('openLate'),
    ])
    .where('r.state', '!=', 'withdrawn')
    .groupBy(['r.group_id', 'g.name'])
    .orderBy('g.name')
    .execute()
  return rows.map(row => ({
    ...row,
    asked: Number(row.asked),
    answered: Number(row.answered),
    answeredOnTime: Number(row.answeredOnTime),
    answeredLate: Number(row.answeredLate),
    open: Number(row.open),
    openLate: Number(row.openLate),
  }))
}
