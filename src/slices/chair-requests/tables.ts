import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'

export const requestKinds = ['information', 'data', 'context', 'background', 'education'] as const
export type RequestKind = (typeof requestKinds)[number]
export type RequestHow = 'web' | 'phone' | 'post' | 'in-person'
export type Verdict = 'yes' | 'partly' | 'no'

declare module '#platform/database/tables.ts' {
  interface Tables {
    chair_request: ChairRequestTable
    chair_request_answer: ChairRequestAnswerTable
  }
}

export interface ChairRequestTable {
  network_id: number
  id: Generated<number>
  /** The 77 of R-77. */
  number: number
  group_id: number
  asker_person_id: number
  kind: RequestKind
  /** As given, for ever. */
  what: string
  why: string
  needed_by: PlainDate | null
  how: RequestHow
  recorded_by_person_id: number | null
  asked_at: Instant
  /** Whose turn it is in the SIG: the chair, or the deputy while the chair is away. Null: nobody, so the team. */
  holder_person_id: number | null
  state: string
  state_data: unknown
  state_since: Instant
  /** Who acts next and by when: follows from the state, kept for lists that ask for it. */
  waits_for: 'group' | 'asker' | 'portfolio-manager' | 'nobody'
  due_on: PlainDate | null
  /** The first answer, and the day it was promised for: what the SIG's answer times are counted from. */
  answered_on: Generated<PlainDate | null>
  promised_on: Generated<PlainDate | null>
  version: Generated<number>
  search: Generated<string>
}

/** An answer is never changed: the next one stands beside it. */
export interface ChairRequestAnswerTable {
  network_id: number
  id: Generated<number>
  request_id: number
  group_id: number
  words: string
  by_person_id: number
  at: Instant
  verdict: Verdict | null
  verdict_words: string | null
  verdict_at: Instant | null
  verdict_how: string | null
  verdict_recorded_by_person_id: number | null
  /** Both must stand for it to be in the SIG's library; either can be taken back. */
  asker_consent_at: Instant | null
  group_consent_at: Instant | null
  group_consent_by_person_id: number | null
  search: Generated<string>
}
