import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'

export type ContributionKind = 'idea' | 'experience' | 'question'
export type Naming = 'named' | 'first-name' | 'anonymous'
export type How = 'web' | 'email' | 'phone' | 'post' | 'in-person'
export type Outcome = 'agreed' | 'partly-agreed' | 'not-agreed' | 'passed-on'

declare module '#platform/database/tables.ts' {
  interface Tables {
    contribution: ContributionTable
    contributor: ContributorTable
    correction: CorrectionTable
    concealment: ConcealmentTable
    consideration: ConsiderationTable
    member_view: MemberViewTable
    feedback: FeedbackTable
    verdict_link: VerdictLinkTable
  }
}

export interface ContributionTable {
  network_id: number
  id: Generated<number>
  /** The 1042 of C-1042. */
  number: number
  kind: ContributionKind
  /** Plain and short; staff may change it. The words below they may not. */
  title: string
  /** As given, for ever. Never shown as it is: `own-words/words.ts` says what a reader sees of it. */
  words: string
  /**
   * What everybody who may read it sees: the latest wording, without what is hidden or withdrawn. For lists,
   * excerpts, search and feeds. Kept up by `own-words/words.ts`.
   */
  shown_words: string
  /** What else search finds it by: earlier wordings and the words of those who joined. */
  search_more: Generated<string>
  how: How
  /** The day it was said, when staff wrote it down. */
  said_on: PlainDate | null
  recorded_by_person_id: number | null
  received_at: Instant
  /** The group it was meant for; null is "I don't know". */
  wished_group_id: number | null
  /** Where it will be, or was, considered. */
  group_id: number | null
  meeting_id: number | null
  consider_on: PlainDate | null
  priority_id: number | null
  site_id: number | null
  project_id: number | null
  state: string
  state_data: unknown
  state_since: Instant
  /** Who acts next and by when: follows from the state, kept for lists that ask for it. */
  waits_for: string
  due_on: PlainDate | null
  /** The next day on which the clock has something to do here; follows from the state too. */
  wake_on: PlainDate | null
  feedback_owner_person_id: number | null
  receipt_code: string
  /** While it stands in "You said, we did": then it can be neither corrected nor withdrawn. */
  published_at: Generated<Instant | null>
  /** How often a contributor said that the loop is not closed. */
  times_not_closed: Generated<number>
  version: Generated<number>
  search: Generated<string>
}

/** A person who raised it or joined it: each gets the answer and gives an own verdict. */
export interface ContributorTable {
  network_id: number
  contribution_id: number
  person_id: number
  is_first: boolean
  words: Generated<string>
  naming: Naming
  joined_at: Instant
  withdrawn_at: Instant | null
  verdict: 'yes' | 'no' | null
  verdict_words: string | null
  verdict_at: Instant | null
  verdict_how: string | null
  verdict_recorded_by_person_id: number | null
}

/** The contributor's own later wording; the original stays. */
export interface CorrectionTable {
  network_id: number
  id: Generated<number>
  contribution_id: number
  person_id: number
  words: string
  /** Staff who wrote the correction down, as said. */
  recorded_by_person_id: number | null
  at: Instant
}

/** What staff hid of a text because it is somebody's personal data; the original stays. */
export interface ConcealmentTable {
  network_id: number
  id: Generated<number>
  contribution_id: number
  text_kind: 'words' | 'correction' | 'joined' | 'view' | 'answer'
  /** 0 for the words themselves, else the correction, the person who joined, the view or the entry in history. */
  text_id: number
  ranges: unknown
  reason: string
  by_person_id: number
  at: Instant
}

export interface ConsiderationTable {
  network_id: number
  id: Generated<number>
  contribution_id: number
  group_id: number
  meeting_id: number | null
  considered_on: PlainDate
  took_part: string
  said: string
  /** Marked: the group and the team read it, others see that something is marked. */
  said_in_private: Generated<string>
  outcome: Outcome
  agreed_part: Generated<string>
  not_agreed_part: Generated<string>
  passed_to: Generated<string>
  reason: string
  by_person_id: number
  at: Instant
  search: Generated<string>
}

export interface MemberViewTable {
  network_id: number
  id: Generated<number>
  contribution_id: number
  person_id: number
  words: string
  in_private: Generated<boolean>
  at: Instant
}

export interface FeedbackTable {
  network_id: number
  id: Generated<number>
  contribution_id: number
  you_said: string
  we_heard: string
  what_happened: string
  next: string
  by_person_id: number
  at: Instant
}

/** One person's link to say, once, whether one answer closes the loop for them. */
export interface VerdictLinkTable {
  network_id: number
  token_hash: string
  contribution_id: number
  feedback_id: number
  person_id: number
  expires_on: PlainDate
  used_at: Instant | null
  answer: 'yes' | 'no' | null
}
