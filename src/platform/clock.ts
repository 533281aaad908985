import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Instant, PlainDate, Pool } from './database/tables.ts'

/** The one source of now. The demo's can be moved forward; nothing else ever changes it. */
export interface Clock {
  now(): Instant
  /** Today in London. */
  today(): PlainDate
}

export function clockAhead(aheadMs: () => number): Clock {
  const now = () => Temporal.Instant.fromEpochMilliseconds(Date.now() + aheadMs())
  return { now, today: () => now().toZonedDateTimeISO('Europe/London').toPlainDate() }
}

export const realClock: Clock = clockAhead(() => 0)

/** The demo's clock: how far ahead it is lives in the database, so a restart and a worker apart agree. */
export interface DemoClock extends Clock {
  /** Forward only. @returns false when `now` lies in the past of this clock */
  moveTo(now: Instant): Promise<boolean>
  /** Reads again what another process may have moved. */
  refresh(): Promise<void>
}

export async function openDemoClock(pool: Pool): Promise<DemoClock> {
  let ahead = 0
  const clock = clockAhead(() => ahead)
  const refresh = async () => {
    const found = await sql<{ ahead_ms: number }>`select ahead_ms from demo_clock`.execute(pool)
    ahead = Number(found.rows[0]?.ahead_ms ?? 0)
  }
  await refresh()
  return {
    ...clock,
    refresh,
    async moveTo(now) {
      if (Temporal.Instant.compare(now, clock.now()) < 0) return false
      ahead = now.epochMilliseconds - Date.now()
      await sql`insert into demo_clock values (true, ${ahead})
                on conflict (single) do update set ahead_ms = excluded.ahead_ms`.execute(pool)
      return true
    },
  }
}
