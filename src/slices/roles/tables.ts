import type { Generated } from 'kysely'
import type { Instant } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    offered_role: OfferedRoleTable
  }
}

/** Something that somebody could do here. */
export interface OfferedRoleTable {
  network_id: number
  id: Generated<number>
  slug: string
  title: string
  about: string
  /** What the network asks of whoever has it. */
  asked: string
  /** What they get. */
  given: string
  /** How much time it takes, in words. */
  takes: string
  group_id: number | null
  state: 'open' | 'closed'
  version: Generated<number>
  changed_at: Instant
  changed_by_person_id: number | null
}
