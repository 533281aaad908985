import type { Generated } from 'kysely'
import type { Instant } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    online_meeting: OnlineMeetingTable
  }
}

/** A meeting that Microsoft Teams holds for us. */
interface OnlineMeetingTable {
  network_id: number
  meeting_id: number
  external_id: string
  teams_id: string | null
  join_url: Generated<string>
  state: Generated<'wanted' | 'made' | 'gone'>
  wanted_at: Instant
  sent_title: string | null
  sent_starts_at: Instant | null
  sent_minutes: number | null
  tries: Generated<number>
  next_try_at: Instant
  trouble: Generated<string>
  report_state: Generated<'waiting' | 'came' | 'none' | 'not-needed'>
  report_tries: Generated<number>
  report_next_at: Instant | null
}
