/** Whose trouble it is that something could not be delivered. */
export type Trouble =
  /** This address does not take anything: another way is needed. */
  | 'address'
  /** This one message was not taken, and trying again does not help. */
  | 'message'
  /** It may be taken later. */
  | 'later'

export interface Refusal {
  readonly trouble: Trouble
  /** In plain words, without anybody's address. */
  readonly words: string
}

/** Thrown by a sender when trying again is no use. */
export class CameBack extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.words)
  }
}

/** Thrown by a sender of letters: the team prints and posts this one. */
export class GoesByHand extends Error {}

/** RFC 3463: what the second and third number of an enhanced status code say. */
const statuses: readonly (readonly [RegExp, Trouble, string])[] = [
  [/^\.1\.2$/, 'address', 'There is no such mail server.'],
  [/^\.1\.10$/, 'address', 'Their mail server takes no e-mail at all.'],
  [/^\.1\.[78]$/, 'later', 'Their mail server does not accept us as the sender.'],
  [/^\.1\.\d+$/, 'address', 'There is no such mailbox.'],
  [/^\.2\.1$/, 'address', 'The mailbox was closed.'],
  [/^\.2\.2$/, 'address', 'The mailbox is full.'],
  [/^\.(2\.3|3\.4)$/, 'message', 'The message is too large for them.'],
  [/^\.4\.4$/, 'address', 'There is no such mail server.'],
  [/^\.4\.\d+$/, 'message', 'Their mail server could not be reached for days.'],
  [/^\.6\.\d+$/, 'message', 'Their mail server cannot read the message.'],
  [/^\.7\.\d+$/, 'message', 'Their mail server refuses e-mail from us.'],
]

const unknownWords = 'Their mail server did not take it.'

/** What an enhanced status code such as 5.1.1 means. */
export function refusalOfStatus(status: string): Refusal {
  const found = /^([245])(\.\d{1,3}\.\d{1,3})$/.exec(status)
  const [, trouble = 'message' as const, words = unknownWords] =
    statuses.find(([pattern]) => pattern.test(found?.[2] ?? '')) ?? []
  return { trouble: found?.[1] === '4' ? 'later' : trouble, words }
}

interface SmtpError {
  readonly responseCode?: number
  readonly response?: string
  readonly command?: string
  readonly code?: string
}

/**
 * What a mail server said about one recipient. Only a refusal of the address itself is laid at its door: that the server
 * does not want us as a sender, or does not know our password, says nothing about it (and is tried again for 72 hours).
 */
export function refusalOf(error: unknown): Refusal {
  const { responseCode, response = '', command } = error as SmtpError
  const later = { trouble: 'later' as const, words: unknownWords }
  if (!responseCode || responseCode < 500) return later
  if (command !== 'RCPT TO' && command !== 'DATA') return later
  const status = /\b5\.\d{1,3}\.\d{1,3}\b/.exec(response)?.[0]
  if (status) {
    const refusal = refusalOfStatus(status)
    // Of us, not of them: our server's name or its good standing is put right meanwhile.
    if (status.startsWith('5.7.')) return { ...refusal, trouble: 'later' }
    return command === 'RCPT TO' || refusal.trouble !== 'address' || /^5\.2\./.test(status)
      ? refusal
      : { ...refusal, trouble: 'message' }
  }
  if (/spam|relay|block|denied|polic|blacklist|reputation|authenticat/i.test(response)) return later
  if (responseCode === 552) return { trouble: 'address', words: 'The mailbox is full.' }
  if (command === 'DATA') return { trouble: 'message', words: unknownWords }
  return [550, 551, 553].includes(responseCode)
    ? { trouble: 'address', words: 'There is no such mailbox.' }
    : later
}
