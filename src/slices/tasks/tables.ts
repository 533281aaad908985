import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    task: TaskTable
    task_offer: TaskOfferTable
  }
}

export interface TaskTable {
  network_id: number
  id: Generated<number>
  /** The 9 of T-9. */
  number: number
  title: string
  what: string
  /** What somebody gets for it. */
  gives: string
  /** The time that is asked of each. */
  minutes: number
  places: number
  open_to: 'asked' | 'everyone'
  needed_by: PlainDate | null
  made_by_person_id: number
  made_at: Instant
  ended_at: Instant | null
  end_reason: Generated<string>
  version: Generated<number>
  search: Generated<string>
}

export const offerStates = ['asked', 'accepted', 'declined', 'stepped-back', 'done', 'thanked'] as const
export type OfferState = (typeof offerStates)[number]
export type AnswerHow = 'web' | 'phone' | 'post' | 'in-person'

export interface TaskOfferTable {
  network_id: number
  id: Generated<number>
  task_id: number
  person_id: number
  state: OfferState
  asked_by_person_id: number | null
  asked_at: Instant | null
  answered_at: Instant | null
  how: Generated<AnswerHow>
  recorded_by_person_id: number | null
  done_at: Instant | null
  done_words: Generated<string>
  /** They are thanked by this day. */
  thanks_by: PlainDate | null
  thanks: Generated<string>
  thanked_at: Instant | null
  thanked_by_person_id: number | null
}
