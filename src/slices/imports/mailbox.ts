import { createHash } from 'node:crypto'
import { simpleParser } from 'mailparser'

/** A mail of the past, as the team looks it up: its words, not its looks. */
export interface PastMail {
  readonly sha256: string
  readonly sender: string
  readonly receivers: string
  readonly subject: string
  /** In ISO; null when the mail does not say. */
  readonly sentAt: string | null
  readonly words: string
}

const mostWords = 100_000

/** The mails of a mailbox file (RFC 4155): each begins with a line "From ", and a ">" before others is taken away. */
export function splitMailbox(bytes: Uint8Array): Uint8Array[] {
  const text = Buffer.from(bytes).toString('latin1')
  return text
    .split(/^From [^\r\n]*\r?\n/m)
    .map(each => each.replaceAll(/^>(>*From )/gm, '$1').trimEnd())
    .filter(each => each !== '')
    .map(each => Buffer.from(each, 'latin1'))
}

/** Never fails: what cannot be read is kept as it came, without headers. */
export async function readPastMail(raw: Uint8Array): Promise<PastMail> {
  const sha256 = createHash('sha256').update(raw).digest('hex')
  const clean = (text: string | undefined) => (text ?? '').replaceAll('\0', '').trim()
  try {
    const mail = await simpleParser(Buffer.from(raw), { skipImageLinks: true, skipTextToHtml: true })
    const to = [mail.to ?? []].flat().map(each => each.text)
    const files = mail.attachments.map(each => clean(each.filename)).filter(Boolean)
    const words = [
      clean(mail.text),
      ...(files.length > 0 ? [`Files that came with it: ${files.join(', ')}`] : []),
    ]
    return {
      sha256,
      sender: clean(mail.from?.text).slice(0, 500),
      receivers: clean(to.join(', ')).slice(0, 1000),
      subject: clean(mail.subject).slice(0, 500),
      sentAt: mail.date && !Number.isNaN(mail.date.getTime()) ? mail.date.toISOString() : null,
      words: words.filter(Boolean).join('\n\n').slice(0, mostWords),
    }
  } catch {
    const words = clean(Buffer.from(raw).toString('utf8')).slice(0, mostWords)
    return { sha256, sender: '', receivers: '', subject: '', sentAt: null, words }
  }
}
