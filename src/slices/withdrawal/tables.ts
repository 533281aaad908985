import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    leaving: LeavingTable
    here_before: HereBeforeTable
  }
}

/** Somebody leaves: asked, and then done on its day, or called off. */
export interface LeavingTable {
  network_id: number
  id: Generated<number>
  person_id: number
  asked_at: Instant
  how: 'web' | 'phone' | 'post' | 'in-person'
  recorded_by_person_id: number | null
  /** The first day without a place here. */
  on_day: PlainDate
  answers_wanted: boolean
  views: 'as-they-are' | 'anonymous'
  thanks_wanted: boolean
  remembered: boolean
  reason: Generated<string>
  state: 'planned' | 'called-off' | 'done'
  done_at: Generated<Instant | null>
  thanks_due_on: Generated<PlainDate | null>
  thanks: Generated<string>
  thanked_at: Generated<Instant | null>
  thanked_by_person_id: Generated<number | null>
  version: Generated<number>
}

export interface HereBeforeTable {
  network_id: number
  person_id: number
  earlier_person_id: number
  by_person_id: number
  at: Instant
}
