import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'

/** One mark decides who may read an item or a paper (R57): everybody, the group, or people named one by one. */
export type Handling = 'public' | 'board' | 'named'
/** What a group is asked to do with an item. */
export type Asked = 'decide' | 'discuss' | 'note'
export type StandingItem =
  | 'welcome'
  | 'conflicts'
  | 'minutes'
  | 'matters-arising'
  | 'volunteers-time'
  | 'any-other-business'
/** What the chair decides about a conflict of interest (R24). */
export type ConflictOutcome = 'none' | 'noted' | 'speaks' | 'leaves' | 'no-paper'

declare module '#platform/database/tables.ts' {
  interface Tables {
    agenda_item: AgendaItemTable
    item_contribution: ItemContributionTable
    item_action: ItemActionTable
    paper: PaperTable
    paper_version: PaperVersionTable
    named_reader: NamedReaderTable
    paper_reading: PaperReadingTable
    reading_note: ReadingNoteTable
    paper_question: PaperQuestionTable
    paper_help: PaperHelpTable
    deferral_wish: DeferralWishTable
    pack: PackTable
    attendance: AttendanceTable
    presence: PresenceTable
    meeting_guest: MeetingGuestTable
    attendance_report: AttendanceReportTable
    wish_to_speak: WishToSpeakTable
    calendar_feed: CalendarFeedTable
    interest: InterestTable
    interest_statement: InterestStatementTable
    conflict: ConflictTable
    register_consent: RegisterConsentTable
    motion: MotionTable
    voter: VoterTable
    ballot: BallotTable
    counted_ballot: CountedBallotTable
    dissent: DissentTable
    board_decision: BoardDecisionTable
    decision_contribution: DecisionContributionTable
    minutes: MinutesTable
    item_minutes: ItemMinutesTable
    minutes_correction: MinutesCorrectionTable
    after_meeting: AfterMeetingTable
    after_meeting_answered: AfterMeetingAnsweredTable
  }
}

export interface AgendaItemTable {
  network_id: number
  id: Generated<number>
  meeting_id: number
  /** Null until the chair gives it a place. */
  position: number | null
  /** Comes by itself with every meeting. */
  standing: StandingItem | null
  title: string
  about: Generated<string>
  asked: Asked
  /** How long it is meant to take. */
  minutes: number
  presenter_person_id: number | null
  presenter_words: Generated<string>
  raised_by_person_id: number | null
  raised_at: Instant
  state: Generated<'raised' | 'on-agenda' | 'deferred' | 'declined' | 'withdrawn'>
  /** Why it was deferred or declined: goes to whoever raised it. */
  because: Generated<string>
  moved_to_meeting_id: number | null
  handling: Generated<Handling>
  handling_reason: Generated<string>
  opened_at: Instant | null
  closed_at: Instant | null
  /** What the raiser wished; until the chair places it, an item is for the group (R28). */
  wished: Generated<'public' | 'board'>
  /** The item of an earlier meeting that was deferred to this one. */
  came_from_id: Generated<number | null>
  version: Generated<number>
  search: Generated<string>
}

/** A contribution that an item answers: what is minuted there is its consideration. */
export interface ItemContributionTable {
  network_id: number
  item_id: number
  contribution_id: number
}

/** An action that was agreed on an item (BOARD-22). */
export interface ItemActionTable {
  network_id: number
  item_id: number
  action_id: number
}

export interface PaperTable {
  network_id: number
  id: Generated<number>
  /** The 31 of P-31. */
  number: number
  meeting_id: number
  item_id: number
  position: Generated<number>
  title: string
  summary: Generated<string>
  author_person_id: number
  handling: Generated<Handling>
  handling_reason: Generated<string>
  state: Generated<'draft' | 'out' | 'withdrawn'>
  because: Generated<string>
  out_at: Instant | null
  /** Working days after the promise; 0 is on time. Stays for ever. */
  late_days: Generated<number>
  late_because: Generated<string>
  late_allowed_by_person_id: number | null
  made_at: Instant
  version: Generated<number>
  search: Generated<string>
}

export interface PaperVersionTable {
  network_id: number
  id: Generated<number>
  paper_id: number
  number: number
  file_id: number | null
  text: Generated<unknown>
  text_state: 'waiting' | 'readable' | 'scanned' | 'encrypted' | 'broken' | 'too-large'
  pages: number | null
  words: Generated<number>
  what_changed: Generated<string>
  by_person_id: number
  at: Instant
  out_at: Instant | null
  /** Of a newer version: readers see them once it is out. */
  title: Generated<string | null>
  summary: Generated<string | null>
  plain_text: Generated<string>
  search: Generated<string>
}

/** Who may read what is confidential to named people. */
export interface NamedReaderTable {
  network_id: number
  thing_kind: 'item' | 'paper'
  thing_id: number
  person_id: number
}

/** For the reader's eyes only: row-level security shows it to nobody else. */
export interface PaperReadingTable {
  network_id: number
  paper_id: number
  person_id: number
  version_id: number
  read_at: Instant
}

/** For the reader's eyes only: row-level security shows it to nobody else. */
export interface ReadingNoteTable {
  network_id: number
  id: Generated<number>
  person_id: number
  paper_id: number | null
  item_id: number | null
  words: string
  at: Instant
}

export interface PaperQuestionTable {
  network_id: number
  id: Generated<number>
  paper_id: number
  version_id: number
  asker_person_id: number
  passage: Generated<string>
  words: string
  asked_at: Instant
  due_on: PlainDate
  state: Generated<'asked' | 'answered' | 'withdrawn'>
  answer: Generated<string>
  answered_by_person_id: number | null
  answered_at: Instant | null
  version: Generated<number>
}

/** "Ask for help with this paper": goes to the team, privately. */
export interface PaperHelpTable {
  network_id: number
  id: Generated<number>
  paper_id: number
  person_id: number
  words: Generated<string>
  asked_at: Instant
  answer: Generated<string>
  done_at: Instant | null
  done_by_person_id: number | null
}

export interface DeferralWishTable {
  network_id: number
  id: Generated<number>
  item_id: number
  paper_id: number
  person_id: number
  words: string
  at: Instant
  answer: 'deferred' | 'goes-ahead' | null
  because: Generated<string>
  answered_by_person_id: number | null
  answered_at: Instant | null
}

export interface PackTable {
  network_id: number
  id: Generated<number>
  meeting_id: number
  /** The same for the same contents. */
  contents: string
  /** What goes into it, for the job that makes it. */
  given: Generated<unknown>
  file_id: number | null
  state: 'waiting' | 'ready' | 'failed'
  wanted_at: Instant
  made_at: Instant | null
}

export interface AttendanceTable {
  network_id: number
  meeting_id: number
  person_id: number
  state: 'apologies' | 'present' | 'absent'
  deputy_words: Generated<string>
  because: Generated<string>
  how: Generated<'room' | 'online' | 'phone'>
  recorded_by_person_id: number | null
  at: Instant
}

/** One stay in the meeting: quorum is worked out from those who are here at that moment (R29). */
export interface PresenceTable {
  network_id: number
  id: Generated<number>
  meeting_id: number
  person_id: number
  joined_at: Instant
  left_at: Instant | null
}

export interface MeetingGuestTable {
  network_id: number
  id: Generated<number>
  meeting_id: number
  name: string
  why: Generated<string>
}

/** A Teams attendance report until a person has checked it (R35); then it is deleted. */
export interface AttendanceReportTable {
  network_id: number
  id: Generated<number>
  meeting_id: number
  rows: unknown
  /** Null: Teams gave it by itself. */
  by_person_id: number | null
  at: Instant
}

export interface WishToSpeakTable {
  network_id: number
  id: Generated<number>
  item_id: number
  person_id: number
  asked_at: Instant
  spoke_at: Instant | null
  withdrawn_at: Instant | null
}

export interface CalendarFeedTable {
  network_id: number
  token_hash: string
  person_id: number
  made_at: Instant
  ended_at: Instant | null
  /** Each entry reminds its person one day before. */
  reminds: Generated<boolean>
}

/** An interest that somebody declared (R19). */
export interface InterestTable {
  network_id: number
  id: Generated<number>
  person_id: number
  type: 'financial' | 'non-financial-professional' | 'non-financial-personal' | 'indirect'
  conflict: 'actual' | 'potential' | 'perceived'
  organisation: string
  trust_id: number | null
  project_id: number | null
  what: string
  whose: Generated<string>
  from_on: PlainDate
  to_on: PlainDate | null
  what_is_done: Generated<string>
  /** Products, suppliers, other names: by them it may come up in an agenda. */
  other_names: Generated<string>
  declared_at: Instant
  /** Staff who wrote it down as told. */
  declared_for_person_id: number | null
  organisation_kind: Generated<
    'trust' | 'other-nhs' | 'supplier' | 'charity' | 'funder' | 'university' | 'other'
  >
  /** For somebody’s safety; not shown until the team has decided. '' is not asked. */
  withhold_asked: Generated<string>
  withhold_asked_on: Generated<PlainDate | null>
  withheld_because: Generated<string>
  withheld_by_person_id: number | null
  version: Generated<number>
}

/** A dated statement: nothing to declare, or all is as declared (R20). */
export interface InterestStatementTable {
  network_id: number
  id: Generated<number>
  person_id: number
  is_nil: boolean
  on_day: PlainDate
  about: 'joining' | 'change-of-role' | 'yearly' | 'meeting' | 'own-wish'
  meeting_id: number | null
}

/** Whether a volunteer's name stands in the public register (R23). */
export interface RegisterConsentTable {
  network_id: number
  person_id: number
  named: boolean
  at: Instant
}

/** An interest that meets an agenda item, and what the chair decided (R24). */
export interface ConflictTable {
  network_id: number
  id: Generated<number>
  item_id: number
  person_id: number
  interest_id: number | null
  found_by: 'match' | 'person' | 'chair'
  why: string
  person_says: 'yes' | 'no' | null
  person_words: Generated<string>
  outcome: ConflictOutcome | null
  because: Generated<string>
  decided_by_person_id: number | null
  decided_at: Instant | null
  found_at: Instant
  version: Generated<number>
}

export interface MotionTable {
  network_id: number
  id: Generated<number>
  /** The 5 of V-5. */
  number: number
  meeting_id: number
  item_id: number
  text: string
  kind: 'for-against' | 'one-of' | 'ranked'
  options: unknown
  /** A written vote is held between meetings, with a closing time; it may be secret too. */
  manner: 'open' | 'secret' | 'written'
  is_secret: Generated<boolean>
  majority: 'simple' | 'two-thirds'
  counted_of: 'votes' | 'present' | 'all'
  casting_vote: Generated<boolean>
  proposed_by_person_id: number
  state: Generated<'draft' | 'open' | 'closed' | 'withdrawn'>
  because: Generated<string>
  opened_at: Instant | null
  closes_at: Instant | null
  closed_at: Instant | null
  closed_by_person_id: number | null
  result: unknown
  seal: string | null
  superseded_by_id: number | null
  /** The vote that this one stands instead of, once it is carried. */
  supersedes_id: Generated<number | null>
  search: Generated<string>
  made_at: Instant
  version: Generated<number>
}

/** The roll of one vote, as it was when the vote opened (R30). */
export interface VoterTable {
  network_id: number
  motion_id: number
  person_id: number
  lay: boolean
  has_voted: Generated<boolean>
  /** Taken off while the vote was open: a conflict of interest was decided, or the membership ended. */
  off_because: Generated<'conflict' | 'left' | null>
}

/** One member's ballot. A secret one is sealed, and gone once it is counted (R31). */
export interface BallotTable {
  network_id: number
  motion_id: number
  person_id: number
  choice: unknown
  sealed: string | null
  receipt: string | null
  recorded_by_person_id: number | null
  at: Instant
}

/** A secret ballot after the count: in the order of its receipt, with nothing of its voter. */
export interface CountedBallotTable {
  network_id: number
  motion_id: number
  receipt: string
  choice: unknown
}

export interface DissentTable {
  network_id: number
  motion_id: number
  person_id: number
  words: string
  for_chair_only: boolean
  /** Staff who wrote it down as told. */
  recorded_by_person_id: Generated<number | null>
  at: Instant
}

export interface BoardDecisionTable {
  network_id: number
  id: Generated<number>
  number: number
  meeting_id: number
  item_id: number
  group_id: number
  motion_id: number | null
  text: string
  because: string
  review_on: PlainDate | null
  review_of_id: number | null
  still_right: 'yes' | 'no' | null
  reviewed_at: Instant | null
  by_person_id: number
  at: Instant
  search: Generated<string>
}

export interface DecisionContributionTable {
  network_id: number
  decision_id: number
  contribution_id: number
}

export interface MinutesTable {
  network_id: number
  meeting_id: number
  drafted_at: Instant
  drafted_by_person_id: number | null
  agreed_at: Instant | null
  agreed_at_meeting_id: number | null
  published_at: Instant | null
  agreed_text: unknown
  version: Generated<number>
}

export interface ItemMinutesTable {
  network_id: number
  item_id: number
  said: string
  said_in_private: Generated<string>
  by_person_id: number
  at: Instant
  version: Generated<number>
}

export interface MinutesCorrectionTable {
  network_id: number
  id: Generated<number>
  meeting_id: number
  item_id: number | null
  person_id: number
  words: string
  at: Instant
  answer: 'taken' | 'not-taken' | null
  because: Generated<string>
  answered_by_person_id: number | null
  answered_at: Instant | null
}

export interface AfterMeetingTable {
  network_id: number
  meeting_id: number
  key: string
  person_id: number | null
  took_part: 'yes' | 'partly' | 'no'
  was_heard: 'yes' | 'partly' | 'no'
  would_help: Generated<string>
}

export interface AfterMeetingAnsweredTable {
  network_id: number
  meeting_id: number
  person_id: number
}
