import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'
import type { ForRole } from '#slices/agreements/index.ts'

export type { ForRole }

declare module '#platform/database/tables.ts' {
  interface Tables {
    induction_module: ModuleTable
    induction_text: TextTable
    learning_session: SessionTable_
    session_place: SessionPlaceTable
    induction_progress: ProgressTable
    induction_plan: PlanTable
  }
}

export interface ModuleTable {
  network_id: number
  id: Generated<number>
  slug: string
  position: number
  roles: ForRole[]
  /** From this day on nobody votes in one of its roles without it. */
  voting_from: PlainDate | null
  ended_on: PlainDate | null
  offered_on: PlainDate
  version: Generated<number>
}

/** Never changed: the newest of a module counts. */
export interface TextTable {
  network_id: number
  id: Generated<number>
  module_id: number
  title: string
  summary: string
  body: string
  questions: unknown
  what_changed: string
  made_at: Instant
  by_person_id: number | null
}

interface SessionTable_ {
  network_id: number
  id: Generated<number>
  /** Null: a session about something else than a module. */
  module_id: number | null
  title: string
  about: string
  starts_at: Instant
  place: string
  made_at: Instant
  by_person_id: number | null
  cancelled_because: Generated<string>
  version: Generated<number>
}

export interface SessionPlaceTable {
  network_id: number
  session_id: number
  person_id: number
  at: Instant
  came: Generated<boolean | null>
}

export interface ProgressTable {
  network_id: number
  person_id: number
  module_id: number
  text_id: number | null
  person_on: PlainDate | null
  person_how: 'self' | 'session' | 'told' | null
  recorded_by_person_id: number | null
  team_on: PlainDate | null
  team_person_id: number | null
  finished_on: PlainDate | null
}

export interface PlanTable {
  network_id: number
  person_id: number
  started_on: PlainDate
  due_on: PlainDate
}
