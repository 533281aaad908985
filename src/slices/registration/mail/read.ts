import { createHash } from 'node:crypto'
import { type Attachment, type ParsedMail, simpleParser } from 'mailparser'
import { cleanText } from '#kernel/text/clean.ts'
import { ownWords } from '#kernel/text/quoted.ts'
import { longest } from '../answers.ts'

/** An e-mail as we understand it; a pure reading of its bytes. */
export interface ReadMail {
  /** Two hashes by which it is taken in once: of its Message-ID and of its bytes. */
  readonly messageKey: string
  readonly contentHash: string
  /** Undefined: no address that one could answer. */
  readonly from: { readonly address: string; readonly name: string } | undefined
  readonly subject: string
  readonly words: string
  /** Before it what was quoted and signed was cut; empty when nothing of it is theirs. */
  readonly ownWords: string
  /** The Message-IDs that it answers. */
  readonly references: readonly string[]
  /** A mail server on the way says that it is spam. */
  readonly spam: boolean
  /** A program answered, not a person. */
  readonly automatic: boolean
  /** One of our own messages that came back. */
  readonly ourOwn: boolean
  /** The mail server named in the settings says that the sender's address is no forgery. */
  readonly verified: boolean
  readonly attachments: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  /** Whom it was sent to, in small letters. */
  readonly to: readonly string[]
  /** What it brings for a calendar, as text. */
  readonly calendars: readonly string[]
}

/** Larger than this nothing is read: what mail servers usually let through. */
export const largestMail = 30 * 1024 * 1024

/**
 * @param server who receives our mail, as it names itself in `Authentication-Results` (RFC 8601). Without it nobody
 *   is believed: anybody can write such a line into an e-mail.
 * @returns undefined when it is no e-mail
 */
export async function readMail(raw: Uint8Array, server: string | undefined): Promise<ReadMail | undefined> {
  if (raw.length === 0 || raw.length > largestMail) return undefined
  const mail = await simpleParser(Buffer.from(raw), {
    skipImageLinks: true,
    skipTextToHtml: true,
    maxHtmlLengthToParse: 500_000,
  }).catch(() => undefined)
  if (!mail || mail.headerLines.length === 0 || !(mail.from || mail.date || mail.messageId)) return undefined
  const contentHash = hash(raw)
  const from = senderOf(mail)
  const calendars = mail.attachments.flatMap(calendarOf)
  return {
    messageKey: mail.messageId ? hash(mail.messageId.trim()) : contentHash,
    contentHash,
    from,
    subject: oneLine(mail.subject ?? '').slice(0, 200),
    ...wordsOf(mail),
    references: referencesOf(mail),
    spam: /^yes\b/i.test(valuesOf(mail, 'x-spam-flag')[0] ?? ''),
    automatic:
      isAutomatic(mail, from?.address) || calendars.some(each => /^METHOD:(REPLY|COUNTER)\s*$/im.test(each)),
    ourOwn: /^<[0-9a-f]{40}@[^>]+>$/.test(mail.messageId ?? ''),
    verified:
      from !== undefined && isVouchedFor(valuesOf(mail, 'authentication-results'), from.address, server),
    attachments: mail.attachments.filter(each => !each.related).map(fileOf),
    to: receiversOf(mail),
    calendars,
  }
}

/** What nobody can read: its bytes alone are known. */
export const unreadMail = (raw: Uint8Array): ReadMail => ({
  messageKey: hash(raw),
  contentHash: hash(raw),
  from: undefined,
  subject: '',
  words: '',
  ownWords: '',
  references: [],
  spam: false,
  automatic: false,
  ourOwn: false,
  verified: false,
  attachments: [],
  to: [],
  calendars: [],
})

const hash = (of: string | Uint8Array) => createHash('sha256').update(of).digest('hex')
const oneLine = (given: string) => cleanText(given).replace(/\s+/g, ' ').trim()

/** The values of all headers of one name, topmost first: each server that passes it on writes above the others. */
function valuesOf(mail: ParsedMail, name: string): string[] {
  return mail.headerLines
    .filter(each => each.key === name)
    .map(each =>
      each.line
        .slice(each.line.indexOf(':') + 1)
        .replace(/\s+/g, ' ')
        .trim(),
    )
}

function senderOf(mail: ParsedMail): ReadMail['from'] {
  const senders = mail.from?.value ?? []
  const [first] = senders
  const address = first?.address?.trim() ?? ''
  if (senders.length !== 1 || !/^[^\s@<>()[\]\\,;:"]+@[^\s@.]+(\.[^\s@.]+)+$/.test(address)) return undefined
  if (address.length > 254) return undefined
  const name = oneLine(first!.name ?? '')
  return { address, name: name.includes('@') ? '' : name.slice(0, longest.name) }
}

/** What was written; of an e-mail that is HTML alone, its text. What was quoted is cut, unless there is nothing else. */
function wordsOf(mail: ParsedMail): Pick<ReadMail, 'words' | 'ownWords'> {
  // Pictures of an HTML page leave their addresses behind.
  const text = mail.html ? (mail.text ?? '').replace(/\[(https?|cid|data):[^\]]*\]/g, '') : (mail.text ?? '')
  const all = cleanText(text).trim()
  const own = ownWords(all)
  return { words: shortened(own || all), ownWords: shortened(own) }
}

function shortened(words: string): string {
  if (words.length <= longest.words) return words
  const more = ' … (the e-mail goes on: see the original)'
  return `${words.slice(0, longest.words - more.length)}${more}`
}

function referencesOf(mail: ParsedMail): string[] {
  const given = [mail.inReplyTo, mail.references].flat().join(' ')
  return [...new Set(given.match(/<[^<>\s]{1,200}>/g) ?? [])].slice(-50)
}

function isAutomatic(mail: ParsedMail, address: string | undefined): boolean {
  const value = (name: string) => valuesOf(mail, name)[0]?.toLowerCase()
  const submitted = value('auto-submitted')
  return (
    (submitted !== undefined && submitted !== 'no') ||
    /^(bulk|junk|list|auto_reply)/.test(value('precedence') ?? '') ||
    [
      'x-auto-response-suppress',
      'x-autoreply',
      'x-autorespond',
      'list-id',
      'list-unsubscribe',
      'feedback-id',
    ].some(name => value(name) !== undefined) ||
    /^<\s*>/.test(value('return-path') ?? '') ||
    /^multipart\/report/.test(value('content-type') ?? '') ||
    /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|noreply)([+\-.][^@]*)?@/i.test(
      address ?? '',
    )
  )
}

/** Only the topmost word of our own server counts, and only for the domain that the reader sees (as DMARC has it). */
export function isVouchedFor(
  results: readonly string[],
  address: string,
  server: string | undefined,
): boolean {
  const [topmost] = results
  if (!server || !topmost) return false
  const [who = '', ...found] = topmost.split(';').map(each => each.trim())
  if (who.split(' ')[0]?.toLowerCase() !== server.toLowerCase()) return false
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
  const aligned = (given: string | undefined) => {
    const other = given?.toLowerCase().replace(/^.*@/, '')
    return (
      other !== undefined &&
      (other === domain || domain.endsWith(`.${other}`) || other.endsWith(`.${domain}`))
    )
  }
  return found.some(each => {
    const of = (name: string) => new RegExp(`${name}=([^\\s;()]+)`, 'i').exec(each)?.[1]
    if (/^dmarc=pass\b/i.test(each)) return aligned(of('header\\.from'))
    if (/^dkim=pass\b/i.test(each)) return aligned(of('header\\.d') ?? of('header\\.i'))
    if (/^spf=pass\b/i.test(each)) return aligned(of('smtp\\.mailfrom'))
    return false
  })
}

function receiversOf(mail: ParsedMail): string[] {
  const lists = [mail.to, mail.cc].flatMap(each => (Array.isArray(each) ? each : each ? [each] : []))
  const written = lists.flatMap(each => each.value.flatMap(one => one.address ?? []))
  // As the mail server took it, where it says so.
  const taken = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to'].flatMap(name =>
    valuesOf(mail, name),
  )
  return [...written, ...taken].map(each => each.replace(/[<>\s]/g, '').toLowerCase())
}

/** Outlook puts it beside the words, Google beside them and as a file. */
function calendarOf(each: Attachment): string[] {
  if (!/^(text\/calendar|application\/ics)$/i.test(each.contentType) || each.size > 512 * 1024) return []
  const type = each.headers.get('content-type')
  const charset = (type as { params?: { charset?: string } } | undefined)?.params?.charset
  try {
    return [new TextDecoder(charset || 'utf-8').decode(each.content)]
  } catch {
    return [new TextDecoder().decode(each.content)]
  }
}

const fileOf = (each: Attachment, n: number) => ({
  name: oneLine(each.filename ?? '') || `attachment ${n + 1}`,
  bytes: new Uint8Array(each.content),
})
