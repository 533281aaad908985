import { sql } from 'kysely'
import type { Tx } from '../database/tables.ts'

/**
 * E-mail goes out at most as fast as a setting allows, evenly: a provider that counts sees no bursts (REACH-1). One line
 * in the database is the pace of all workers, by the database's clock.
 * @returns 0 when one may go out now, and it counts; otherwise the milliseconds to wait
 */
export async function waitForPace(tx: Tx, perMinute: number): Promise<number> {
  const gap = sql`make_interval(secs => ${60 / perMinute}::double precision)`
  const taken = await sql`
    insert into mail_pace as p (id, next_at) values (1, clock_timestamp() + ${gap})
    on conflict (id) do update set next_at = clock_timestamp() + ${gap} where p.next_at <= clock_timestamp()
    returning id`.execute(tx)
  if (taken.rows.length > 0) return 0
  const found = await sql<{ wait: number }>`
    select extract(epoch from next_at - clock_timestamp())::double precision * 1000 as wait from mail_pace`.execute(
    tx,
  )
  return Math.max(1, Math.ceil(found.rows[0]!.wait))
}
