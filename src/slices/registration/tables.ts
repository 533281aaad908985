import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'
import type { ApplicationState } from './application.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    application: ApplicationTable
    application_conversation: ApplicationConversationTable
    application_draft: ApplicationDraftTable
    application_link: ApplicationLinkTable
  }
}

/** How somebody told us that they are interested. */
export type How = 'web' | 'phone' | 'post' | 'email' | 'in-person'

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
