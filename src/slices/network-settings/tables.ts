import type { Generated } from 'kysely'
import type { Instant } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    network_text: NetworkTextTable
  }
}

/** What a network says in its own words. Rows are only added: the latest holds, and what was said before stays. */
export interface NetworkTextTable {
  network_id: number
  id: Generated<number>
  name: string
  words: string
  by_person_id: number | null
  at: Instant
}
