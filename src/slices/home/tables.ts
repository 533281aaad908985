import type { Instant } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    home_visit: HomeVisitTable
  }
}

/** When somebody last began a visit to their home page, and the time before. */
export interface HomeVisitTable {
  network_id: number
  person_id: number
  at: Instant
  previous: Instant | null
}
