import type { Generated } from 'kysely'
import type { Instant } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    message_note: MessageNoteTable
  }
}

/** What came of ringing somebody: reached or not, and what they said. */
export interface MessageNoteTable {
  network_id: number
  id: Generated<number>
  message_id: number
  reached: boolean
  words: string
  by_person_id: number
  at: Instant
}
