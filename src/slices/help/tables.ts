import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    page_problem: PageProblemTable
    first_steps: FirstStepsTable
  }
}

export interface PageProblemTable {
  network_id: number
  id: Generated<number>
  /** Which kind of page, never which thing: '/contributions/:reference'. */
  page: string
  words: string
  person_id: number | null
  email: string | null
  /** Of the page on which they left it. */
  language: string | null
  at: Instant
  due_on: PlainDate
  answer: Generated<string | null>
  done_at: Generated<Instant | null>
  done_by_person_id: Generated<number | null>
  version: Generated<number>
}

export interface FirstStepsTable {
  network_id: number
  person_id: number
  done_at: Instant
}
