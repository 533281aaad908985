import type { Generated } from 'kysely'
import type { Instant } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    bulk_step: BulkStepTable
  }
}

export type BulkKind = 'hand-over-actions' | 'try-messages-again'

/** One step for many things: chosen first, done once the count was confirmed, undone where that can be. */
export interface BulkStepTable {
  network_id: number
  id: Generated<number>
  kind: BulkKind
  data: unknown
  state: Generated<'chosen' | 'done' | 'undone'>
  by_person_id: number
  made_at: Instant
  done_at: Instant | null
  version: Generated<number>
}
