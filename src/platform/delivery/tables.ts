import type { Instant, PlainDate } from '../database/tables.ts'

declare module '../database/tables.ts' {
  interface Tables {
    address_trouble: AddressTroubleTable
    mail_pace: MailPaceTable
    text_stop: TextStopTable
  }
}

/** An address of a person that did not take what was sent to it; holds while they have this very address. */
interface AddressTroubleTable {
  network_id: number
  person_id: number
  channel: 'email' | 'text'
  /** `address_mark` of it. */
  mark: string
  since: Instant
  words: string
  /** By when the team asks them. */
  due_on: PlainDate
}

/** STOP came from this number. */
interface TextStopTable {
  network_id: number
  /** `number_mark` of it. */
  mark: string
  since: Instant
}

interface MailPaceTable {
  id: number
  next_at: Instant
}
