import type { Generated } from 'kysely'
import type { Instant } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    trust_thanks: TrustThanksTable
  }
}

/** A Trust’s contact thanks somebody in their own words. */
export interface TrustThanksTable {
  network_id: number
  id: Generated<number>
  trust_id: number
  person_id: number
  by_person_id: number
  words: string
  at: Instant
}
