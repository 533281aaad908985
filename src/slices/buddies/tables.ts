import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    buddy_wish: BuddyWishTable
    buddy_pair: BuddyPairTable
  }
}

export type HowAsked = 'web' | 'phone' | 'post' | 'in-person'
export type PairState = 'offered' | 'together' | 'declined' | 'ended'

/** Somebody would like a buddy; the team finds one. */
export interface BuddyWishTable {
  network_id: number
  id: Generated<number>
  person_id: number
  words: Generated<string>
  how: HowAsked
  recorded_by_person_id: number | null
  at: Instant
  due_on: PlainDate
  ended_at: Generated<Instant | null>
}

export interface BuddyPairTable {
  network_id: number
  id: Generated<number>
  one_person_id: number
  other_person_id: number
  state: PairState
  one_accepted_on: Generated<PlainDate | null>
  other_accepted_on: Generated<PlainDate | null>
  one_shows_phone: Generated<boolean>
  other_shows_phone: Generated<boolean>
  offered_by_person_id: number
  offered_on: PlainDate
  since_on: Generated<PlainDate | null>
  ended_on: Generated<PlainDate | null>
  version: Generated<number>
}
