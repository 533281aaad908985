import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    expense_rate: ExpenseRateTable
    expense_claim: ExpenseClaimTable
    expense_line: ExpenseLineTable
    expense_booking: ExpenseBookingTable
  }
}

/** What can be claimed. Of miles, meals and payment for time, the network agrees a rate with a date. */
export const lineKinds = ['travel', 'miles', 'parking', 'care', 'meals', 'other', 'payment'] as const
export type LineKind = (typeof lineKinds)[number]
export const rateKinds = ['miles', 'meals', 'payment'] as const
export type RateKind = (typeof rateKinds)[number]
export const bookingKinds = ['train', 'taxi', 'room', 'care', 'other'] as const
export type BookingKind = (typeof bookingKinds)[number]

export interface ExpenseRateTable {
  network_id: number
  id: Generated<number>
  kind: RateKind
  pence: number
  from_on: PlainDate
  by_person_id: number
  at: Instant
}

export type ClaimState = 'writing' | 'sent' | 'approved-once' | 'approved' | 'paid' | 'refused' | 'withdrawn'

export interface ExpenseClaimTable {
  network_id: number
  id: Generated<number>
  /** The 12 of E-12. */
  number: number
  /** Whose money it is. */
  person_id: number
  /** Themselves, or who of the team wrote it down for them. */
  written_by_person_id: number
  what_for: string
  on_date: PlainDate
  state: ClaimState
  sent_at: Instant | null
  pay_by: PlainDate | null
  first_by_person_id: number | null
  first_at: Instant | null
  second_by_person_id: number | null
  second_at: Instant | null
  answered_by_person_id: number | null
  because: Generated<string>
  paid_on: PlainDate | null
  paid_by_person_id: number | null
  version: Generated<number>
  made_at: Instant
}

export interface ExpenseLineTable {
  network_id: number
  id: Generated<number>
  claim_id: number
  kind: LineKind
  words: string
  /** Miles, or half-days. */
  how_many: number | null
  pence: number
  rate_pence: number | null
  rate_from_on: PlainDate | null
}

export interface ExpenseBookingTable {
  network_id: number
  id: Generated<number>
  /** The 4 of B-4. */
  number: number
  person_id: number
  written_by_person_id: number
  kind: BookingKind
  words: string
  on_date: PlainDate
  state: 'asked' | 'booked' | 'not-booked' | 'withdrawn'
  asked_at: Instant
  answer: Generated<string>
  pence: number | null
  answered_by_person_id: number | null
  answered_at: Instant | null
  version: Generated<number>
}
