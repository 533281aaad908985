import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Instant } from './database/tables.ts'
import type { House } from './house.ts'
import { keyFor } from './settings.ts'

/** How often something may be done (R66). */
export interface Limit {
  readonly name: string
  readonly uses: number
  readonly minutes: number
}

type Counts = Pick<House, 'database' | 'secret'>

/**
 * Counts one use. Fixed windows in the database, so that several processes share one count. Who it was, and for what,
 * cannot be read there: beside the hour of something anonymous it would be a name.
 * @returns whole minutes to wait, or 0 when it may go on
 */
export async function minutesToWait(house: Counts, limit: Limit, of: string, now: Instant): Promise<number> {
  const length = limit.minutes * 60_000
  const startsAt = Math.floor(now.epochMilliseconds / length) * length
  const key = createHmac('sha256', keyFor(house.secret, 'rate limits')).update(`${limit.name}:${of}`)
  const counted = await sql<{ uses: number }>`
    insert into rate_window values (${key.digest('base64url')}, to_timestamp(${startsAt / 1000}::double precision), 1)
    on conflict (key, starts_at) do update set uses = rate_window.uses + 1 returning uses`.execute(
    house.database.pool,
  )
  if (counted.rows[0]!.uses <= limit.uses) return 0
  return Math.max(1, Math.ceil((startsAt + length - now.epochMilliseconds) / 60_000))
}

/** What was counted two days ago limits nobody any more. */
export async function forgetOldCounts(house: Counts, now: Instant): Promise<void> {
  const before = now.subtract({ hours: 48 }).epochMilliseconds / 1000
  await sql`delete from rate_window where starts_at < to_timestamp(${before}::double precision)`.execute(
    house.database.pool,
  )
}
