import { type Attachment, type ParsedMail, simpleParser } from 'mailparser'
import { type Refusal, refusalOfStatus } from './refusal.ts'

/** What a mail server reports about one of our e-mails (RFC 3464); a pure reading of it. */
export interface Bounce {
  /** To whom it was delivered: among them the address that was made for the message, which nobody else can know. */
  readonly to: readonly string[]
  /** A letter of a program, without the fields that programs read: believed only at that address. */
  readonly prose: boolean
  /** The Message-ID of ours that the report names. */
  readonly messageId: string | undefined
  readonly what: 'failed' | 'delayed' | 'arrived'
  /** "5.1.1"; empty when none was given. */
  readonly status: string
  /** For whom it was, as the report has it. */
  readonly recipients: readonly string[]
  readonly refusal: Refusal
}

const largestReport = 5 * 1024 * 1024
const largestHead = 64 * 1024

/** @returns undefined when it is no report about a delivery: a person wrote it, or a program that is away until Monday */
export async function readBounce(raw: Uint8Array): Promise<Bounce | undefined> {
  if (raw.length === 0 || raw.length > largestReport) return undefined
  // Most e-mail is none: then it is read once only, by whoever takes it in.
  const head = Buffer.from(raw.subarray(0, largestHead)).toString('latin1')
  if (!/multipart\/report|mailer-daemon|postmaster/i.test(head)) return undefined
  const mail = await simpleParser(Buffer.from(raw), {
    skipImageLinks: true,
    skipTextToHtml: true,
    skipHtmlToText: true,
    keepDeliveryStatus: true,
  } as Parameters<typeof simpleParser>[1]).catch(() => undefined)
  if (!mail) return undefined
  const about = {
    to: receivers(mail),
    messageId: messageIdIn(mail),
  }
  const report = mail.attachments.find(each => each.contentType === 'message/delivery-status')
  if (report) return fromReport(textOf(report), about)
  return fromProse(mail, about)
}

type About = Pick<Bounce, 'to' | 'messageId'>

/** Groups of fields, one for each recipient after the one for the message. */
function fromReport(text: string, about: About): Bounce | undefined {
  const groups = text
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)
    .map(fieldsOf)
    .filter(each => each.has('action') || each.has('final-recipient'))
  const worst =
    groups.find(each => /^failed/i.test(each.get('action') ?? '')) ??
    groups.find(each => /^delayed/i.test(each.get('action') ?? '')) ??
    groups[0]
  if (!worst) return undefined
  const action = (worst.get('action') ?? '').toLowerCase()
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(worst.get('status') ?? '')?.[0] ?? ''
  const said = /\b5\.\d{1,3}\.\d{1,3}\b/.exec(worst.get('diagnostic-code') ?? '')?.[0]
  const failed = action.startsWith('failed')
  // Failed for good after days of "later": then it is no longer later.
  const told = status.endsWith('.0.0') && said ? said : status
  const refusal = refusalOfStatus(failed ? told.replace(/^4/, '5') : told)
  return {
    ...about,
    prose: false,
    what: failed ? 'failed' : action.startsWith('delayed') ? 'delayed' : 'arrived',
    status,
    recipients: ['final-recipient', 'original-recipient'].flatMap(
      name => /(?:[^;]*;)?\s*<?([^\s<>;]+@[^\s<>;]+?)>?\s*$/.exec(worst.get(name) ?? '')?.[1] ?? [],
    ),
    refusal,
  }
}

/** Some servers still write a letter. It counts only when it came to the address made for that very message. */
function fromProse(mail: ParsedMail, about: About): Bounce | undefined {
  const from = mail.from?.value[0]?.address ?? ''
  if (!/^(mailer-daemon|postmaster)@/i.test(from)) return undefined
  const said = /\b([45]\d\d)[ -](?:#?([45]\.\d{1,3}\.\d{1,3}))?/.exec(mail.text ?? '')
  const status = said?.[2] ?? /\(#(5\.\d{1,3}\.\d{1,3})\)/.exec(mail.text ?? '')?.[1] ?? ''
  if (!said && !status) return undefined
  const later = (status || said?.[1] || '').startsWith('4')
  return {
    ...about,
    prose: true,
    what: later ? 'delayed' : 'failed',
    status,
    recipients: [],
    refusal: refusalOfStatus(status || '5.0.0'),
  }
}

function fieldsOf(group: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of group.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const found = /^([\w-]+):\s*(.*)$/.exec(line)
    if (found) fields.set(found[1]!.toLowerCase(), found[2]!.trim())
  }
  return fields
}

const textOf = (part: Attachment) => part.content.toString('utf8').slice(0, 100_000)

/** Servers write it in different places. */
const receivers = (mail: ParsedMail): string[] =>
  mail.headerLines
    .filter(each =>
      ['to', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to'].includes(each.key),
    )
    .flatMap(each => each.line.match(/[^\s<>,;:"]+@[^\s<>,;:"]+/g) ?? [])
    .slice(0, 20)

/** Of the message that comes back, or of its headers alone. */
function messageIdIn(mail: ParsedMail): string | undefined {
  for (const part of mail.attachments) {
    if (part.contentType !== 'message/rfc822' && part.contentType !== 'text/rfc822-headers') continue
    const found = /^message-id:\s*(<[0-9a-f]{40}@[^\s>]+>)/im.exec(textOf(part).slice(0, 30_000))
    if (found) return found[1]
  }
  return undefined
}
