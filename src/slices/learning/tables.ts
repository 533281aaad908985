import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'

export type How = 'web' | 'phone' | 'post' | 'in-person'

declare module '#platform/database/tables.ts' {
  interface Tables {
    learning_wish: LearningWishTable
    word_meaning: WordMeaningTable
    word_wish: WordWishTable
  }
}

export interface LearningWishTable {
  network_id: number
  id: Generated<number>
  person_id: number
  /** As given, for ever. */
  words: string
  how: How
  recorded_by_person_id: number | null
  asked_at: Instant
  due_on: PlainDate
  state: 'asked' | 'in-a-session' | 'answered' | 'withdrawn'
  session_id: number | null
  /** What the library calls it. */
  title: Generated<string>
  answer: Generated<string>
  answered_at: Instant | null
  answered_by_person_id: number | null
  /** Both must say yes for the library. */
  asker_shares: Generated<boolean>
  team_shares: Generated<boolean>
  version: Generated<number>
  search: Generated<string>
}

/** Never changed: the newest of a key counts, and one that was taken out is not in the list. */
export interface WordMeaningTable {
  network_id: number
  id: Generated<number>
  key: string
  word: string
  also: string
  meaning: string
  taken_out: Generated<boolean>
  at: Instant
  by_person_id: number | null
}

export interface WordWishTable {
  network_id: number
  id: Generated<number>
  word: string
  where_seen: string
  /** Null: a visitor asked. */
  person_id: number | null
  asked_at: Instant
  due_on: PlainDate
  state: 'asked' | 'explained' | 'not-explained'
  because: Generated<string>
  done_at: Instant | null
  done_by_person_id: number | null
  version: Generated<number>
}
