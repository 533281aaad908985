import type { Generated } from 'kysely'
import type { Channel, Instant, PlainDate } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    data_wish: DataWishTable
  }
}

export const wishKinds = ['copy', 'correct', 'object', 'erase'] as const
export type WishKind = (typeof wishKinds)[number]

/** What somebody wants done with their own data, and asked for in words. */
export interface DataWishTable {
  network_id: number
  id: Generated<number>
  number: number
  kind: WishKind
  person_id: number | null
  /** For somebody who is no person of the network. */
  name: Generated<string>
  channel: Channel | null
  address: Generated<string>
  words: string
  how: 'web' | 'phone' | 'post' | 'email' | 'in-person'
  recorded_by_person_id: number | null
  received_at: Instant
  due_on: PlainDate
  /** The end that the law sets (R6). */
  last_day: PlainDate
  state: 'open' | 'paused' | 'done' | 'not-done' | 'taken-back'
  state_data: Generated<unknown>
  answer: Generated<string>
  answered_at: Instant | null
  answered_by_person_id: number | null
  version: Generated<number>
}
