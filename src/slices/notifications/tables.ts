import type { Generated } from 'kysely'
import type { Instant } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    push_key: PushKeyTable
    push_device: PushDeviceTable
  }
}

interface PushKeyTable {
  id: Generated<number>
  public_key: string
  /** Shut. */
  private_key: string
  made_at: Instant
}

interface PushDeviceTable {
  network_id: number
  id: Generated<number>
  person_id: number
  name: string
  /** Shut, in pieces. */
  reach: string
  reach_hash: string
  device_hash: string
  ends: boolean
  added_at: Instant
  told_at: Generated<Instant | null>
  due_at: Generated<Instant | null>
  tries: Generated<number>
  failing_since: Generated<Instant | null>
}
