import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'

/** Who is asked for it: roles of memberships, and 'team' for those with a post of the team. */
export type ForRole = 'volunteer' | 'member' | 'chair' | 'deputy' | 'team'
export type How = 'web' | 'phone' | 'post' | 'in-person'

declare module '#platform/database/tables.ts' {
  interface Tables {
    agreement: AgreementTable
    agreement_version: AgreementVersionTable
    agreement_ask: AgreementAskTable
    agreement_answer: AgreementAnswerTable
  }
}

export interface AgreementTable {
  network_id: number
  id: Generated<number>
  slug: string
  position: number
  roles: ForRole[]
  ended_on: PlainDate | null
  version: Generated<number>
}

/** Never changed: the next version stands beside it, so that what was agreed to can be shown as it was. */
export interface AgreementVersionTable {
  network_id: number
  id: Generated<number>
  agreement_id: number
  number: number
  title: string
  body: string
  what_changed: string
  from_on: PlainDate
  agree_by: PlainDate
  made_at: Instant
  by_person_id: number | null
}

export interface AgreementAskTable {
  network_id: number
  person_id: number
  version_id: number
  asked_on: PlainDate
  due_on: PlainDate
}

export interface AgreementAnswerTable {
  network_id: number
  id: Generated<number>
  person_id: number
  version_id: number
  answer: 'agreed' | 'talk-first'
  words: string
  on_day: PlainDate
  at: Instant
  how: How
  recorded_by_person_id: number | null
}
