import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'
import type { EndHow, State, SupportAnswer } from './concern.ts'

export type ReaderAs = 'portfolio-manager' | 'director' | 'independent-contact'

declare module '#platform/database/tables.ts' {
  interface Tables {
    concern: ConcernTable
    concern_key: ConcernKeyTable
    concern_reader: ConcernReaderTable
    concern_entry: ConcernEntryTable
    concern_file: ConcernFileTable
    concern_look: ConcernLookTable
    independent_contact: IndependentContactTable
    speak_up_way: SpeakUpWayTable
  }
}

/** Rows exist only for whoever raised it, for its readers, and for who brings its return code (row-level security). */
interface ConcernTable {
  network_id: number
  id: Generated<number>
  ref: string
  door: string
  raiser_person_id: number | null
  raised_at: Instant
  how: 'written' | 'told'
  sealed: Buffer
  state: State
  acknowledge_by: PlainDate
  acknowledged_on: PlainDate | null
  plan_by: PlainDate
  planned_on: PlainDate | null
  support_offered_on: PlainDate | null
  support_answer: SupportAnswer | null
  word_by: PlainDate | null
  end_how: EndHow | null
  ended_on: PlainDate | null
  held_since: PlainDate | null
  reader_ids: number[]
  version: number
}

interface ConcernKeyTable {
  network_id: number
  concern_id: number
  holder: string
  wrapped: string
  house_mark: string
}

interface ConcernReaderTable {
  network_id: number
  id: Generated<number>
  concern_id: number
  person_id: number
  as_what: ReaderAs
  from_at: Instant
  until_at: Instant | null
  until_why: 'raiser' | 'handed-back' | 'left' | null
}

export type EntryKind =
  | 'raised'
  | 'wrote'
  | 'acknowledged'
  | 'plan'
  | 'support'
  | 'support-answer'
  | 'done'
  | 'word'
  | 'readers'
  | 'handed-back'
  | 'taken-back'
  | 'held'
  | 'not-held'

interface ConcernEntryTable {
  network_id: number
  id: Generated<number>
  concern_id: number
  kind: EntryKind
  by_person_id: number | null
  at: Instant
  sealed: Buffer
}

interface ConcernFileTable {
  network_id: number
  id: Generated<number>
  concern_id: number
  entry_id: number
  sealed_name: Buffer
  sealed: Buffer
}

interface ConcernLookTable {
  network_id: number
  id: Generated<number>
  concern_id: number
  person_id: number
  at: Instant
  what: 'page' | 'file' | 'copy'
}

interface IndependentContactTable {
  network_id: number
  id: Generated<number>
  person_id: number
  reach: string
  from_on: PlainDate
  to_on: PlainDate | null
  by_person_id: number | null
  at: Instant
}

interface SpeakUpWayTable {
  network_id: number
  id: Generated<number>
  name: string
  about: string
  reach: string
  written_at: Instant
  removed_at: Instant | null
  by_person_id: number | null
}
