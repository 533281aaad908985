import { sql } from 'kysely'
import type { Instant, Pool, Tx } from './database/tables.ts'

/** Who looked, who did: appended in the transaction of the deed, sealed by the database (R74). */
export async function appendAudit(
  tx: Tx,
  entry: { at: Instant; personId: number | null; action: string; thingKind: string; thingId: string },
): Promise<void> {
  await sql`select audit_append(${entry.at}, ${entry.personId}, ${entry.action}, ${entry.thingKind}, ${entry.thingId})`.execute(
    tx,
  )
}

export interface BrokenEntry {
  readonly network: string
  readonly seq: number
  readonly why: 'changed' | 'removed' | 'cut-off'
}

/**
 * Reads a network's chain again from its first entry.
 * @param owner a connection that may read every network (the owner's)
 * @returns the first entry that was changed or removed, for each network that has one
 */
export async function verifyAudit(owner: Pool): Promise<{ checked: number; broken: BrokenEntry[] }> {
  const found = await sql<{ slug: string; seq: number; why: BrokenEntry['why'] }>`
    with chain as (
      select a.*, lag(a.hash) over w as hash_before, lag(a.seq) over w as seq_before
      from audit a window w as (partition by a.network_id order by a.seq)
    ), wrong as (
      select network_id, seq,
        case when seq <> coalesce(seq_before, 0) + 1 then 'removed'
             when previous_hash <> coalesce(hash_before, '\\x00'::bytea) then 'removed'
             else 'changed' end as why
      from chain
      where seq <> coalesce(seq_before, 0) + 1
         or previous_hash <> coalesce(hash_before, '\\x00'::bytea)
         or hash <> audit_hash(previous_hash, network_id, seq, at, by_person_id, action, thing_kind, thing_id)
      union all
      select h.network_id, h.seq, 'cut-off' from audit_head h
      where not exists (select 1 from audit a where a.network_id = h.network_id and a.seq = h.seq and a.hash = h.hash)
        and h.seq > 0
    )
    select distinct on (n.id) n.slug, w.seq, w.why from wrong w join network n on n.id = w.network_id
    order by n.id, w.seq`.execute(owner)
  const count = await sql<{ entries: number }>`select count(*) as entries from audit`.execute(owner)
  return {
    checked: Number(count.rows[0]!.entries),
    broken: found.rows.map(row => ({ network: row.slug, seq: Number(row.seq), why: row.why })),
  }
}
