import { sql } from 'kysely'
import type { Tx } from './database/tables.ts'

/** The next number of a kind in this network, without gaps that tell of others: the row is held until commit. */
export async function nextNumber(tx: Tx, networkId: number, kind: string, startsAt: number): Promise<number> {
  const made = await sql<{ last: number }>`
    insert into counter (network_id, kind, last) values (${networkId}, ${kind}, ${startsAt})
    on conflict (network_id, kind) do update set last = counter.last + 1 returning last`.execute(tx)
  return made.rows[0]!.last
}
