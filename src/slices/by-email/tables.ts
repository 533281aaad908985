import type { Generated } from 'kysely'
import type { Instant } from '#platform/database/tables.ts'
import type { Intent } from '#platform/mail/replies.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    mail_reply: MailReplyTable
    mailbox: MailboxTable
  }
}

/** What somebody said by e-mail, from when it came until they said that it is right. */
interface MailReplyTable {
  network_id: number
  id: Generated<number>
  mail_id: number
  person_id: number
  /** The message of ours that it answers. */
  message_id: number | null
  what: 'reply' | 'message' | 'contribution'
  answer: Intent['answer']
  words: string
  /** What they are asked whether they meant. */
  sentence: string
  state: 'asked' | 'counted' | 'not-them' | 'older' | 'cannot'
  /** Why it could not count. */
  cannot: string | null
  token_hash: string | null
  /** Where it is now, after the network's short name. */
  path: string | null
  came_at: Instant
  decided_at: Instant | null
  decided_how: 'link' | 'reply' | 'at-once' | null
}

/** Who reads the network's mailbox now, and until when without a sign of life. */
interface MailboxTable {
  network_id: number
  holder: string
  held_until: Instant
  seen_at: Instant | null
  trouble: string | null
}
