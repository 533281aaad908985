import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'

export type PublicationState = 'proposed' | 'consented' | 'published' | 'taken-back' | 'replaced'
export type PublicNaming = 'named' | 'first-name' | 'anonymous'
export type PublicOutcome = 'agreed' | 'partly-agreed' | 'not-agreed' | 'passed-on'
/** `different`: yes, if the words change. */
export type Answer = 'yes' | 'no' | 'different'
export type AnsweredHow = 'page' | 'phone' | 'post' | 'in-person'

declare module '#platform/database/tables.ts' {
  interface Tables {
    publication: PublicationTable
    publication_answer: PublicationAnswerTable
  }
}

/** One text for "You said, we did". A changed text is a new version that asks everyone again. */
export interface PublicationTable {
  network_id: number
  id: Generated<number>
  contribution_id: number
  /** The 1042 of C-1042. */
  number: number
  version: number
  title: string
  you_said: string
  we_did: string
  next: Generated<string>
  outcome: PublicOutcome | null
  /** Of the text above: consent is for exactly this. */
  text_hash: string
  state: PublicationState
  group_id: number | null
  priority_id: number | null
  trust_id: number | null
  proposed_by_person_id: number
  proposed_at: Instant
  published_at: Instant | null
  published_on: PlainDate | null
  published_by_person_id: number | null
  ended_at: Instant | null
  search: Generated<string>
}

export interface PublicationAnswerTable {
  network_id: number
  id: Generated<number>
  publication_id: number
  person_id: number
  answer: Answer
  words: Generated<string>
  text_hash: string
  /** How they were named when they agreed: never shown with more than this. */
  naming: PublicNaming
  how: AnsweredHow
  recorded_by_person_id: number | null
  at: Instant
}
