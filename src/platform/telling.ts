import type { ClockSettings } from '#kernel/clocks.ts'
import { withoutMarks } from '#kernel/text/theirs.ts'

/** What one person is to be told: one text, which each channel shapes for itself. */
export interface Telling {
  /** Told once per key, however often the step is tried (HOUSE-7). */
  readonly key: string
  readonly personId: number
  readonly kind: string
  readonly subject: string
  /** Plain paragraphs, without greeting and farewell. Names and words that somebody gave are marked: `theirs()`. */
  readonly paragraphs: readonly string[]
  readonly link?: TellingLink
  /** For a text message: one short sentence with nothing personal in it (R42). */
  readonly short?: string
  /** What can be answered to an e-mail in plain words, where the network reads a mailbox (REACH-3). */
  readonly reply?: string
  readonly about: { readonly kind: string; readonly id: string }
  /** Goes with an e-mail. The paragraphs say the same in words, for every channel. */
  readonly attachment?: Attachment
  /** Where it goes, for somebody whose own row cannot carry it: two people of one network share one e-mail. */
  readonly address?: string | null
}

/** An entry for the reader's calendar (RFC 6047). */
export interface Attachment {
  /** 'meeting.ics' */
  readonly name: string
  readonly method: 'REQUEST' | 'CANCEL'
  readonly text: string
}

/** Where to go on: to a page behind the sign-in, which is asked for first, or to one that is open. */
export interface TellingLink {
  readonly path: string
  readonly words: string
  /** Anybody may read it, or the address itself is the key to it. */
  readonly open?: true
}

export interface Sender {
  readonly publicUrl: string
  readonly network: {
    readonly id: number
    readonly name: string
    readonly shortName: string
    readonly phone: string | null
    readonly slug?: string
    readonly clocks?: ClockSettings
    /** Whether it offers a reader's language; without them, English. */
    readonly settings?: Readonly<Record<string, unknown>>
  }
  /** With it, each e-mail and letter has the link by which its reader changes how we reach them. */
  readonly seal?: (purpose: string, text: string) => string
  /** Tests and translators only: hears of each text that a message's language does not have. */
  readonly missing?: MissingText | undefined
}

/** @param kind of the message; left out where a page lacks it */
export type MissingText = (language: string, text: string, kind?: string) => void

/** What is shaped: a telling, or what is known of one that goes another way. */
export type Words = Pick<Telling, 'paragraphs' | 'link' | 'short' | 'subject' | 'attachment' | 'reply'> & {
  readonly kind?: string
  readonly about?: { readonly kind: string }
}

/** The marks are for translators: nothing that is kept or sent has them. */
export function inEnglish(words: Words): Words {
  const { subject, paragraphs, link, short } = words
  return {
    ...words,
    subject: withoutMarks(subject),
    paragraphs: paragraphs.map(withoutMarks),
    ...(link && { link: { ...link, words: withoutMarks(link.words) } }),
    ...(short !== undefined && { short: withoutMarks(short) }),
  }
}
