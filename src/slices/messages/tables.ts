import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    message_thread: MessageThreadTable
    message_written: MessageWrittenTable
  }
}

export type ThreadKind = 'team' | 'chair' | 'buddy'
/** A thread is between one person and somebody of the network ("us"): the team, who leads a group, or a buddy. */
export type Side = 'person' | 'us'
export type Turn = Side | 'nobody'
export type HowSaid = 'web' | 'email' | 'text' | 'phone' | 'post' | 'in-person'

export interface MessageThreadTable {
  network_id: number
  id: Generated<number>
  kind: ThreadKind
  person_id: number
  /** Whose chair and deputy; for the kind 'chair'. */
  group_id: number | null
  /** For the kind 'buddy': which two. */
  pair_id: number | null
  /** Of two buddies, both: the database shows the row to nobody else. */
  one_person_id: number | null
  other_person_id: number | null
  subject: string
  turn: Turn
  /** Only while it is our turn: nobody else owes an answer. */
  due_on: PlainDate | null
  begun_at: Instant
  last_at: Instant
  version: Generated<number>
}

export interface MessageWrittenTable {
  network_id: number
  id: Generated<number>
  thread_id: number
  one_person_id: number | null
  other_person_id: number | null
  by_person_id: number
  side: Side
  words: string
  how: HowSaid
  recorded_by_person_id: number | null
  at: Instant
}
