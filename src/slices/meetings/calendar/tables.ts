import type { Generated } from 'kysely'
import type { Instant } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    calendar_invitation: CalendarInvitationTable
    calendar_reply: CalendarReplyTable
    meeting_answer: MeetingAnswerTable
  }
}

/** To whom an invitation went, at which address. */
interface CalendarInvitationTable {
  network_id: number
  meeting_id: number
  person_id: number
  /** Unguessable: stands in the organiser's address where the mailbox allows it, and comes back with the answer. */
  key: string
  email: string
}

/** Who said that they come, or that they do not know yet; apologies are attendance. */
interface MeetingAnswerTable {
  network_id: number
  meeting_id: number
  person_id: number
  answer: 'coming' | 'not-sure'
  at: Instant
}

/** What a calendar said, once. */
interface CalendarReplyTable {
  network_id: number
  id: Generated<number>
  meeting_id: number
  person_id: number | null
  key: string
  answer: 'accepted' | 'declined' | 'tentative' | 'counter'
  from_address: string
  words: Generated<string>
  deputy_words: Generated<string>
  /** The other time that was proposed. */
  proposed_at: Instant | null
  said_at: Instant
  came_at: Instant
  /** Of the meeting, when it came: since then it may have moved. */
  timed_sequence: number
  /** `asked`: the person is asked whether it was them. */
  state: 'counted' | 'asked' | 'not-them' | 'older' | 'out-of-date' | 'cancelled' | 'over' | 'not-invited'
  token_hash: string | null
}
