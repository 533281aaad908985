import type { Generated } from 'kysely'
import type { Instant } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    text_in: TextInTable
  }
}

/** A text message that came in. Words stand here only while nobody knows whose they are. */
interface TextInTable {
  network_id: number
  id: Generated<number>
  /** By which a second telling of the same is known. */
  notify_id: string
  received_at: Instant
  what: 'stop' | 'start' | 'reply' | 'apart'
  person_id: number | null
  number: string | null
  words: string | null
  answers_message_id: number | null
  thread_id: number | null
}
