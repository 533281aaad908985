import type { Generated } from 'kysely'
import type { Instant } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    verification: VerificationTable
    second_factor: SecondFactorTable
    passkey: PasskeyTable
  }
}

/** What was asked and is waited for: codes, links, a passkey's question. Hashed, short-lived, used once. */
export interface VerificationTable {
  id: string
  identifier: string
  value: string
  expires_at: Instant
  created_at: Instant
  updated_at: Instant
}

/** An authenticator app's secret and the recovery codes, both encrypted by better-auth. */
export interface SecondFactorTable {
  id: string
  secret: string
  backup_codes: string
  account_id: string
  verified: Generated<boolean>
}

export interface PasskeyTable {
  id: string
  name: string | null
  /** base64url */
  public_key: string
  account_id: string
  credential_id: string
  counter: number
  device_type: string
  backed_up: boolean
  transports: string | null
  aaguid: string | null
  created_at: Instant
  used_at: Instant | null
}
