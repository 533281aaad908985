import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'
import type { Audience, NeedGroup } from './need.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    needs_sheet: NeedsSheetTable
    support_need: SupportNeedTable
    need_option: NeedOptionTable
    need_promise: NeedPromiseTable
    need_not_met: NeedNotMetTable
    need_answer: NeedAnswerTable
  }
}

/** How somebody was asked what they need. */
export type AskedHow = 'self' | 'phone' | 'post' | 'in-person'

/** One for each person who was asked, also when they need nothing. */
export interface NeedsSheetTable {
  network_id: number
  person_id: number
  asked_on: PlainDate
  asked_by_person_id: number | null
  asked_how: AskedHow
  shared: Generated<Audience[]>
  reviewed_on: PlainDate
  review_due_on: PlainDate
  version: Generated<number>
}

/** Large print, easy read and the words about help stand with the person and their preferences: see queries.ts. */
export interface SupportNeedTable {
  network_id: number
  id: Generated<number>
  person_id: number
  need_group: NeedGroup
  option: string
  words: Generated<string>
  recorded_on: PlainDate
  by_person_id: number | null
}

export interface NeedOptionTable {
  network_id: number
  id: Generated<number>
  need_group: NeedGroup
  label: string
  from_on: PlainDate
  to_on: PlainDate | null
  by_person_id: number | null
}

export interface NeedPromiseTable {
  network_id: number
  id: Generated<number>
  person_id: number
  need_group: NeedGroup
  option: string
  made_on: PlainDate
  due_on: PlainDate
  state: Generated<'open' | 'met' | 'not-met' | 'no-longer'>
  words: Generated<string>
  by_person_id: Generated<number | null>
  ended_on: Generated<PlainDate | null>
  version: Generated<number>
}

export interface NeedNotMetTable {
  network_id: number
  id: Generated<number>
  person_id: number
  thing: 'letter' | 'call' | 'papers'
  thing_id: number
  reason: string
  by_person_id: number
  at: Instant
}

export interface NeedAnswerTable {
  network_id: number
  person_id: number
  meeting_id: number
  met: 'yes' | 'partly' | 'no'
  words: Generated<string>
  answered_on: PlainDate
  by_person_id: number | null
}
