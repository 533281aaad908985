import type { Generated, Insertable, Kysely, Selectable, Transaction, Updateable } from 'kysely'
import type { Temporal } from 'temporal-polyfill'

/** An instant in `timestamptz`, read and written as `Temporal.Instant`. */
export type Instant = Temporal.Instant
/** A calendar day in `date`, read and written as `Temporal.PlainDate`. */
export type PlainDate = Temporal.PlainDate

/**
 * Every table's row type. Each slice adds its own by declaration merging:
 * `declare module '#platform/database/tables.ts' { interface Tables { … } }`
 */
export interface Tables {
  network: NetworkTable
  history: HistoryTable
  audit: AuditTable
  message: MessageTable
  submission: SubmissionTable
  draft: DraftTable
  stored_file: StoredFileTable
  counter: CounterTable
  kept_writing: KeptWritingTable
}

export interface NetworkTable {
  id: Generated<number>
  slug: string
  name: string
  short_name: string
  facts: unknown
  is_demo: Generated<boolean>
}

export interface HistoryTable {
  network_id: number
  id: Generated<number>
  thing_kind: string
  thing_id: number
  event: string
  by_person_id: number | null
  by_words: string
  at: Instant
  details: unknown
}

export interface AuditTable {
  network_id: number
  seq: number
  at: Instant
  by_person_id: number | null
  action: string
  thing_kind: string
  thing_id: string
  previous_hash: Buffer
  hash: Buffer
}

export interface MessageTable {
  network_id: number
  id: Generated<number>
  key: string
  person_id: number | null
  address: string
  channel: Channel
  kind: string
  subject: string
  body: string
  about_kind: string
  about_id: string
  state: Generated<MessageState>
  tries: Generated<number>
  next_try_at: Instant
  last_error: Generated<string | null>
  created_at: Instant
  sent_at: Generated<Instant | null>
  done_by_person_id: Generated<number | null>
}

/** How a person wants to be told: their choice (product.md, "Everybody the same service"). */
export type Channel = 'email' | 'text' | 'phone' | 'post'
/** phone and post wait `by-hand` until somebody marks them done. */
export type MessageState = 'waiting' | 'sent' | 'failed' | 'by-hand' | 'done'

export interface SubmissionTable {
  network_id: number
  key: string
  person_id: number
  location: string
  at: Instant
}

export interface DraftTable {
  network_id: number
  person_id: number
  kind: string
  data: unknown
  updated_at: Instant
}

export interface StoredFileTable {
  network_id: number
  id: Generated<number>
  thing_kind: string
  thing_id: number
  name: string
  type: string
  bytes: number
  sha256: string
  store_key: string
  by_person_id: number | null
  at: Instant
}

export interface CounterTable {
  network_id: number
  kind: string
  last: number
}

export interface KeptWritingTable {
  token_hash: string
  path: string
  fields: unknown
  at: Instant
}

export type Row<Name extends keyof Tables> = Selectable<Tables[Name]>
export type NewRow<Name extends keyof Tables> = Insertable<Tables[Name]>
export type RowChange<Name extends keyof Tables> = Updateable<Tables[Name]>

/** A transaction that sees one network's rows only (row-level security). */
export type Tx = Transaction<Tables>
/** The pool: for tables that belong to the installation, not to a network. */
export type Pool = Kysely<Tables>
