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
  reminder: ReminderTable
  account: AccountTable
  session: SessionTable
  person: PersonTable
  trust: TrustTable
  site: SiteTable
  priority: PriorityTable
  project: ProjectTable
  network_group: NetworkGroupTable
  membership: MembershipTable
  post_holding: PostHoldingTable
  trust_contact: TrustContactTable
  absence: AbsenceTable
  meeting: MeetingTable
  clock_setting: ClockSettingTable
  network_setting: NetworkSettingTable
  last_address: LastAddressTable
}

/** Once each: a key that is here has been told. */
export interface ReminderTable {
  network_id: number
  key: string
  person_id: number
  at: Instant
}

/** One person's sign-in, for all networks of the installation. */
export interface AccountTable {
  id: string
  name: string
  email: string
  email_verified: Generated<boolean>
  two_factor_enabled: Generated<boolean | null>
}

export interface SessionTable {
  id: string
  token: string
  account_id: string
  expires_at: Instant
  ip_address: string | null
  user_agent: string | null
  second_factor_at: Instant | null
  proven_at: Instant | null
  elsewhere_id: string | null
  elsewhere_sid: string | null
  elsewhere_tokens: string | null
  elsewhere_factor: Generated<boolean>
  elsewhere_checked_at: Instant | null
  elsewhere_tried_at: Instant | null
  seen_at: Instant
  created_at: Instant
  updated_at: Instant
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
  /** Since when it is tried, when the team asked for it to be tried again. */
  trying_since: Generated<Instant | null>
  /** What goes with the words by e-mail; each other channel says it in words. */
  attachment: Generated<unknown>
  /** By when a call is made or a letter posted. */
  due_on: Generated<PlainDate | null>
  /** Of an e-mail, and of whatever is in another language: where its parts begin and end (mail/layout.ts). */
  layout: Generated<unknown>
  /** The same in English, where it went out in another language: for the team (`InOneLanguage`). */
  english: Generated<unknown>
  /** The name under which it was handed over: what comes back about it says so. */
  sent_as: Generated<string | null>
  came_back_at: Generated<Instant | null>
  /** Why, in plain words without anybody's address. */
  came_back_words: Generated<string | null>
  /** Whether the address itself does not work, or only this message was not taken; null once that was seen to. */
  came_back_for: Generated<'address' | 'message' | null>
  /** The message that was made when this one came back. */
  told_instead_id: Generated<number | null>
  /** Which of two ways it went; 'hand': GOV.UK Notify cannot take this letter. */
  sent_by: Generated<'notify' | 'hand' | null>
  /** What is known of its arrival. */
  delivered: Generated<'delivered' | 'permanent-failure' | 'temporary-failure' | 'technical-failure' | null>
  delivered_at: Generated<Instant | null>
  /** When we ask next what became of it. */
  ask_at: Generated<Instant | null>
}

/** How a person wants to be told: their choice (product.md, "Everybody the same service"). */
export type Channel = 'email' | 'text' | 'phone' | 'post'
/**
 * `sending` is written before a message is handed over, and is left only by a crash in that moment. phone and post
 * wait `by-hand` until somebody marks them done. What came back is `came-back` when it is told in another way; until
 * there is one it has `failed`, for the team to see.
 */
export type MessageState = 'waiting' | 'sending' | 'sent' | 'failed' | 'came-back' | 'by-hand' | 'done'

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

/** One person in one network. The same human in two networks is two rows with one account. */
export interface PersonTable {
  network_id: number
  id: Generated<number>
  account_id: string | null
  name: string
  known_as: string
  email: string | null
  phone: string | null
  postal_address: string | null
  channel: Channel
  large_print: Generated<boolean>
  help_words: Generated<string>
  demo_key: string | null
  created_at: Instant
  left_on: PlainDate | null
  /** The Trust whose hospitals they know; their own word. */
  trust_id: Generated<number | null>
  /** Their Trust's contact may see their name and what would help. */
  trust_may_know: Generated<boolean>
  /** A time of rest: nothing is asked of them from this day… */
  paused_from: Generated<PlainDate | null>
  /** …to this; null: until they say. */
  paused_until: Generated<PlainDate | null>
}

export interface TrustTable {
  network_id: number
  id: Generated<number>
  slug: string
  name: string
  short_name: string
  ods_code: string | null
  system_name: Generated<string>
  /** From when to when it is a Trust of its own; null is "always" and "still" (R69). */
  from_on: Generated<PlainDate | null>
  to_on: Generated<PlainDate | null>
  /** Which Trust it became part of on the day after its last. */
  became_trust_id: Generated<number | null>
}

export interface SiteTable {
  network_id: number
  id: Generated<number>
  trust_id: number
  slug: string
  name: string
  town: Generated<string>
  ods_code: string | null
  from_on: Generated<PlainDate | null>
  to_on: Generated<PlainDate | null>
}

/** A priority or a project: what a contribution can be about. */
export interface TopicTable {
  network_id: number
  id: Generated<number>
  slug: string
  title: string
  about: Generated<string>
}

/** On the public list while it has not ended; the board adopts it by a motion. */
export interface PriorityTable extends TopicTable {
  why: Generated<string>
  adopted_on: Generated<PlainDate | null>
  motion_id: Generated<number | null>
  ended_on: Generated<PlainDate | null>
}

export interface ProjectTable extends TopicTable {
  stage: Generated<'idea' | 'plan' | 'do' | 'check' | 'share' | 'ended'>
  stage_since: Generated<PlainDate | null>
  priority_id: Generated<number | null>
  lead_person_id: Generated<number | null>
  version: Generated<number>
  search: Generated<string>
}

export interface NetworkGroupTable {
  network_id: number
  id: Generated<number>
  slug: string
  name: string
  short_name: string
  kind: 'board' | 'sig' | 'workstream'
  about: Generated<string>
  /** Not yet confirmed by the network: said so on the page. */
  illustrative: Generated<boolean>
  /** Terms of reference, in plain English. */
  terms: Generated<string>
  /** How many weeks apart its meetings are meant to be. */
  cadence_weeks: Generated<number | null>
  /** At least one meeting in person within so many months. */
  in_person_months: Generated<number | null>
  /** Null: a third of the voting members, rounded up (R29). */
  quorum_voting: Generated<number | null>
  quorum_lay: Generated<number>
  /** Working days between the papers and the meeting; null: the network's own clock. */
  paper_days: Generated<number | null>
  casting_vote: Generated<boolean>
}

export interface MembershipTable {
  network_id: number
  id: Generated<number>
  person_id: number
  group_id: number
  role: 'chair' | 'deputy' | 'member' | 'volunteer'
  voting: boolean
  lay: boolean
  from_on: PlainDate
  to_on: PlainDate | null
}

export interface PostHoldingTable {
  network_id: number
  id: Generated<number>
  person_id: number
  post: 'co-ordinator' | 'portfolio-manager' | 'director' | 'administrator'
  from_on: PlainDate
  to_on: PlainDate | null
}

export interface TrustContactTable {
  network_id: number
  id: Generated<number>
  person_id: number
  trust_id: number
  from_on: PlainDate
  to_on: PlainDate | null
}

export interface AbsenceTable {
  network_id: number
  id: Generated<number>
  person_id: number
  from_on: PlainDate
  to_on: PlainDate
}

export interface MeetingTable {
  network_id: number
  id: Generated<number>
  group_id: number
  title: string
  starts_at: Instant
  /** In a few words, for lists: "Microsoft Teams", or the town. */
  place: Generated<string>
  /** The 14 of M-14. */
  number: number
  state: Generated<MeetingState>
  state_data: Generated<unknown>
  version: Generated<number>
  kind: Generated<'online' | 'in-person' | 'hybrid'>
  minutes_long: Generated<number>
  /** To join online. */
  link: Generated<string>
  venue: Generated<string>
  /** Access facts of the venue: step-free, hearing loop, parking, quiet room. */
  access: Generated<unknown>
  travel: Generated<string>
  papers_due_on: Generated<PlainDate | null>
  /** One for life, in every calendar (R37). */
  uid: Generated<string>
  /** Rises with each change of time, place or state (R37). */
  sequence: Generated<number>
  /** The sequence since which its time stands. */
  timed_sequence: Generated<number>
  changed_at: Generated<Instant>
  /** Who presides when neither chair nor deputy may. */
  presiding_person_id: Generated<number | null>
  /** Since when its people are told of it; null for a meeting from before. */
  planned_at: Generated<Instant | null>
  /** It began when its state became 'held'; everybody has left since then. */
  ended_at: Generated<Instant | null>
}

/** Where a meeting is (product.md, "The Operational Board"). */
export type MeetingState =
  | 'planned'
  | 'agenda-open'
  | 'agenda-set'
  | 'papers-out'
  | 'held'
  | 'minutes-drafted'
  | 'minutes-agreed'
  | 'published'
  | 'cancelled'

export interface NetworkSettingTable {
  network_id: number
  id: Generated<number>
  name: string
  from_on: PlainDate
  value: unknown
  by_person_id: number | null
  at: Instant
}

export interface ClockSettingTable {
  network_id: number
  from_on: PlainDate
  clocks: unknown
  by_person_id: number | null
}

/** The one address that is kept after a goodbye, for what the person still wants to hear. */
export interface LastAddressTable {
  network_id: number
  person_id: number
  channel: Channel
  address: string
  for_answers: boolean
  for_thanks: boolean
  until: PlainDate
  /** In which they are told; null is English. */
  language: Generated<string | null>
}
