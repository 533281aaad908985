import { sql } from 'kysely'
import type { Instant, Pool } from './database/tables.ts'

/** How often something may be done (R66). */
export interface Limit {
  readonly name: string
  readonly uses: number
  readonly minutes: number
}

/**
 * Counts one use. Fixed windows in the database, so that several processes share one count.
 * @returns whole minutes to wait, or 0 when it may go on
 */
export async function minutesToWait(pool: Pool, limit: Limit, of: string, now: Instant): Promise<number> {
  const length = limit.minutes * 60_000
  const startsAt = Math.floor(now.epochMilliseconds / length) * length
  const counted = await sql<{ uses: number }>`
    insert into rate_window values (${`${limit.name}:${of}`}, to_timestamp(${startsAt / 1000}::double precision), 1)
    on conflict (key, starts_at) do update set uses = rate_window.uses + 1 returning uses`.execute(pool)
  if (counted.rows[0]!.uses <= limit.uses) return 0
  return Math.max(1, Math.ceil((startsAt + length - now.epochMilliseconds) / 60_000))
}
