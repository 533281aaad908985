import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    action: ActionTable
  }
}

/** Something agreed: one owner, one date. */
export interface ActionTable {
  network_id: number
  id: Generated<number>
  /** The 310 of A-310. */
  number: number
  contribution_id: number | null
  consideration_id: number | null
  group_id: number
  what: string
  owner_person_id: number
  due_on: PlainDate
  state: 'open' | 'asked-for-another-date' | 'done' | 'dropped'
  state_data: unknown
  made_at: Instant
  version: Generated<number>
  search: Generated<string>
}
