import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    project_person: ProjectPersonTable
    project_stage: ProjectStageTable
    project_note: ProjectNoteTable
  }
}

export const stages = ['idea', 'plan', 'do', 'check', 'share'] as const
export type Stage = (typeof stages)[number]
export const kinds = ['patients-and-carers', 'clinicians', 'managers'] as const
export type Kind = (typeof kinds)[number]

export interface ProjectPersonTable {
  network_id: number
  id: Generated<number>
  project_id: number
  /** Null: has left the network. That somebody of the kind took part stays. */
  person_id: number | null
  kind: Kind
  since_stage: Stage
  from_on: PlainDate
  to_on: PlainDate | null
}

/** A stage that began, for ever: with the kinds that were missing and why it began without them. */
export interface ProjectStageTable {
  network_id: number
  id: Generated<number>
  project_id: number
  stage: Stage | 'ended'
  began_on: PlainDate
  missing: string
  because: Generated<string>
  by_person_id: number
}

export interface ProjectNoteTable {
  network_id: number
  id: Generated<number>
  project_id: number
  kind: 'decision' | 'change'
  stage: Stage | 'ended'
  words: string
  /** The kinds of people who took part in the decision. */
  shared_with: string
  on_date: PlainDate
  by_person_id: number
  at: Instant
}
