import type { Generated } from 'kysely'
import type { PlainDate } from '#platform/database/tables.ts'
import type { LeadingPost, State } from './ending.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    ending: EndingTable
  }
}

interface EndingTable {
  network_id: number
  id: Generated<number>
  person_id: number
  /** Null: all their places as a volunteer. */
  membership_id: number | null
  state: State
  reason: string
  opened_by_person_id: number
  opened_by_post: LeadingPost
  opened_on: PlainDate
  reply_by: PlainDate
  reply: string | null
  replied_on: PlainDate | null
  reply_noted_by_person_id: number | null
  decided_on: PlainDate | null
  decided_by_person_id: number | null
  decided_by_post: LeadingPost | null
  decision: string | null
  last_day: PlainDate | null
  version: number
}
