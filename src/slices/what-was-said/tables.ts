import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    said_note: SaidNoteTable
  }
}

export const hows = ['phone', 'post', 'in-person'] as const
export type SaidHow = (typeof hows)[number]

/** What somebody said, kept at once, until all of it has become what it is. */
export interface SaidNoteTable {
  network_id: number
  id: Generated<number>
  /** Null: somebody whom the network does not know yet. */
  person_id: number | null
  name: Generated<string>
  how: SaidHow
  said_on: PlainDate
  words: string
  written_at: Instant
  written_by_person_id: number
  due_on: PlainDate
  state: Generated<'open' | 'done'>
  became: Generated<string[]>
  done_at: Generated<Instant | null>
  done_by_person_id: Generated<number | null>
  version: Generated<number>
}
