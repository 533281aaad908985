import type { Generated } from 'kysely'
import type { Channel, Instant, PlainDate } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    data_complaint: DataComplaintTable
    data_contact: DataContactTable
  }
}

export interface DataComplaintTable {
  network_id: number
  id: Generated<number>
  /** The 7 of D-7. */
  number: number
  words: string
  name: string
  channel: Channel
  address: string
  /** When somebody of the network raised it while signed in. */
  person_id: number | null
  how: ComplaintHow
  recorded_by_person_id: number | null
  received_at: Instant
  /** By law the last day to acknowledge; an answer by then counts as well (R2). */
  last_day: PlainDate
  /** The next news is promised by this day, while there is no answer (R3). */
  update_by: PlainDate | null
  outcome: string | null
  answered_at: Instant | null
  answered_by_person_id: number | null
  /** When the person was told that we have it: at once, unless somebody has to ring or write (R2). */
  acknowledged_at: Generated<Instant | null>
  version: Generated<number>
}

/** Who reads complaints about data, named by whoever read them before. */
export interface DataContactTable {
  network_id: number
  id: Generated<number>
  person_id: number
  from_on: PlainDate
  to_on: PlainDate | null
  by_person_id: number
}

export const complaintHows = ['web', 'phone', 'post', 'email', 'in-person'] as const
export type ComplaintHow = (typeof complaintHows)[number]
