import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    api_token: ApiTokenTable
    webhook: WebhookTable
    webhook_call: WebhookCallTable
  }
}

export interface ApiTokenTable {
  network_id: number
  id: Generated<number>
  person_id: number
  name: string
  token_hash: string
  scopes: string[]
  made_at: Instant
  ends_on: PlainDate
  used_on: Generated<PlainDate | null>
}

export interface WebhookTable {
  network_id: number
  id: Generated<number>
  url: string
  /** 'contribution closed': as history has them. */
  events: string[]
  /** Shut in a box. */
  secret: string
  made_by_person_id: number
  made_at: Instant
  state: Generated<'on' | 'off'>
  off_because: Generated<string>
  failing_since: Generated<Instant | null>
  version: Generated<number>
}

export interface WebhookCallTable {
  network_id: number
  id: Generated<number>
  uid: Generated<string>
  webhook_id: number
  event: string
  thing_kind: string
  thing_id: number
  happened_at: Instant
  state: Generated<'waiting' | 'sent' | 'failed'>
  tries: Generated<number>
  next_try_at: Instant
  last_status: Generated<number | null>
  last_error: Generated<string>
  sent_at: Generated<Instant | null>
}
