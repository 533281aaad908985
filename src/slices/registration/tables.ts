import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'
import type { ApplicationState } from './application.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    application: ApplicationTable
    application_conversation: ApplicationConversationTable
    application_draft: ApplicationDraftTable
    application_link: ApplicationLinkTable
    application_mail: ApplicationMailTable
    conversation_time: ConversationTimeTable
  }
}

/** How somebody told us that they are interested. */
export type How = 'web' | 'phone' | 'post' | 'email' | 'in-person' | 'event'

export interface ApplicationTable {
  network_id: number
  id: Generated<number>
  /** Easy to say on the phone: application 204. */
  number: number
  person_id: number
  words: string
  how: How
  recorded_by_person_id: number | null
  /** The e-mail address as given, when somebody else of the network has it already. */
  shared_email: string | null
  received_at: Instant
  state: ApplicationState
  state_data: unknown
  state_since: Instant
  due_on: PlainDate | null
  version: Generated<number>
  /** Who of the team acts next; null, or somebody without a post today: the whole team. */
  owner_person_id: Generated<number | null>
  /** The role they would like; null is none in particular. */
  role_id: Generated<number | null>
  /** At which event they told us. */
  occasion: Generated<string>
}

export interface ApplicationConversationTable {
  network_id: number
  id: Generated<number>
  application_id: number
  spoken_on: PlainDate
  said: string
  by_person_id: number | null
  at: Instant
}

/** A visitor's answers between the pages: found by the hash of the token in their cookie. */
export interface ApplicationDraftTable {
  network_id: number
  token_hash: string
  answers: unknown
  started_at: Instant
  updated_at: Instant
}

export interface ApplicationLinkTable {
  network_id: number
  token_hash: string
  application_id: number
  expires_at: Instant
}

/** An e-mail that came in, once each. When its words are deleted, the two hashes stay, so that it cannot come again. */
export interface ApplicationMailTable {
  network_id: number
  id: Generated<number>
  /** Hash of its Message-ID. */
  message_key: string
  content_hash: string
  from_address: string
  from_name: string
  subject: string
  words: string
  /** The mail server that received it vouches for the sender's address. */
  verified: boolean
  /** `passed-on`: it became a view, an answer or a message, or its writer is asked. */
  state: 'joined' | 'apart' | 'passed-on' | 'ended'
  apart_because: ApartBecause | null
  application_id: number | null
  files_left_out: unknown
  received_at: Instant
  due_on: PlainDate | null
}

/** Why an e-mail waits for a person's eyes, and was not answered by itself. */
export type ApartBecause =
  | 'automatic'
  | 'no-sender'
  | 'too-many'
  | 'again'
  | 'our-own'
  | 'spam'
  | 'unreadable'
  | 'too-large'
  | 'shared-address'
  | 'perhaps-a-view'

/** A time for a conversation that the team offers; the applicant takes one. */
export interface ConversationTimeTable {
  network_id: number
  id: Generated<number>
  starts_at: Instant
  manner: 'phone' | 'video' | 'in-person'
  place: Generated<string>
  offered_by_person_id: number
  application_id: number | null
}
