import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    legal_hold: LegalHoldTable
    keeping_run: KeepingRunTable
    deposit_offer: DepositOfferTable
  }
}

/** Nothing of this kind ends while it holds. */
export interface LegalHoldTable {
  network_id: number
  id: Generated<number>
  kept: string
  because: string
  from_on: PlainDate
  to_on: PlainDate | null
  by_person_id: number | null
  ended_by_person_id: number | null
}

/** What one night ended, in numbers. */
export interface KeepingRunTable {
  network_id: number
  id: Generated<number>
  on_day: PlainDate
  at: Instant
  counts: unknown
}

export interface DepositOfferTable {
  network_id: number
  meeting_id: number
  offered_on: PlainDate
}
