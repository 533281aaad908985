import { sql } from 'kysely'
import type { Tx } from '#platform/database/tables.ts'
import type { Choice } from './motion.ts'

/** The ballots of a closed secret vote: in the order of their receipts, and nothing beside them. */
export async function countedBallots(
  tx: Tx,
  motionId: number,
): Promise<{ receipt: string; choice: Choice }[]> {
  const rows = await tx
    .selectFrom('counted_ballot')
    .select(['receipt', 'choice'])
    .where('motion_id', '=', motionId)
    .orderBy(sql`receipt collate "C"`)
    .execute()
  return rows.map(each => ({ receipt: each.receipt, choice: each.choice as Choice }))
}
