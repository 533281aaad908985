import type { Refusal } from '#kernel/decision.ts'
import type { Instant } from '../database/tables.ts'
import type { Doing } from '../doing.ts'

/** A message of ours that somebody answered by e-mail. */
export interface AnsweredMessage {
  readonly id: number
  readonly kind: string
  readonly about: { readonly kind: string; readonly id: string }
  readonly personId: number
  readonly at: Instant
  readonly subject: string
}

/** What somebody meant, as a value: it is kept until they say that it is right. */
export interface Intent {
  readonly answer: 'yes' | 'partly' | 'no' | 'words'
  /** As typed. */
  readonly words: string
}

interface Understood {
  readonly accepted: true
  readonly intent: Intent
  /** "Yes, this closes it": what they are asked whether they meant. */
  readonly sentence: string
}

/** What can be done in one room by answering its messages in plain words (REACH-3). */
export interface ReplyKind {
  /** The kind of thing that the message is about. */
  readonly about: string
  /**
   * What these words would do here; nothing is done yet. Undefined: nothing, so they go to the team as they are.
   * `doing` acts as the person.
   */
  read(
    doing: Doing,
    message: AnsweredMessage,
    said: { readonly answer: Intent['answer']; readonly words: string },
  ): Promise<Understood | Refusal | undefined>
  /** Does it. The person acts; `mailId` is the e-mail that was kept. */
  carryOut(
    doing: Doing,
    message: AnsweredMessage,
    intent: Intent,
    mailId: number,
  ): Promise<{ readonly accepted: true } | Refusal>
}

/** An e-mail that a person may have written, as it was read. */
export interface IncomingMail {
  readonly from: { readonly address: string; readonly name: string }
  /** Our own mail server vouches for the sender. */
  readonly verified: boolean
  readonly to: readonly string[]
  /** The Message-IDs that it answers. */
  readonly references: readonly string[]
  readonly messageKey: string
  readonly subject: string
  /** Their own, without what was quoted. */
  readonly words: string
}

/** Whose e-mail it is, and what it answers. */
export type FoundMail =
  /** It may be about something for few eyes: kept nowhere. */
  | { readonly kind: 'private'; readonly personId: number; readonly about: AnsweredMessage['about'] }
  | { readonly kind: 'known'; readonly personId: number; readonly answers: AnsweredMessage | undefined }
  /** Somebody of the team decides. */
  | { readonly kind: 'apart'; readonly because: 'too-many' | 'shared-address' | 'perhaps-a-view' }

/** Takes e-mails of people whom we know, before they would become applications. */
export interface Letters {
  find(doing: Doing, mail: IncomingMail): Promise<FoundMail | undefined>
  /** In the transaction in which it was kept. */
  take(
    doing: Doing,
    found: Extract<FoundMail, { kind: 'known' }>,
    mail: IncomingMail,
    mailId: number,
  ): Promise<void>
  /** Its writer hears that it was neither read nor kept. */
  sayNotRead(doing: Doing, found: Extract<FoundMail, { kind: 'private' }>, mail: IncomingMail): Promise<void>
  /** The team says: it is something that this person told us. @returns where it is now */
  asView(doing: Doing, mailId: number, personId: number): Promise<string | undefined>
}
