import nodemailer from 'nodemailer'
import type Mail from 'nodemailer/lib/mailer'
import type SMTPPool from 'nodemailer/lib/smtp-pool'
import type { Tx } from '../database/tables.ts'
import { htmlOf } from '../mail/html.ts'
import { readLayout } from '../mail/layout.ts'
import { type MailNames, mailNames } from '../mail/names.ts'
import { attachmentOf, type Message } from '../outbox.ts'
import { CameBack, refusalOf } from './refusal.ts'
import type { Sender } from './senders.ts'
import { stopLink } from './stop-link.ts'

/** Where an answer to this message goes; undefined: to whom it is from. */
export type ReplyAddress = (message: Message, tx: Tx) => Promise<string | undefined> | string | undefined

export interface MailSettings {
  readonly smtpUrl: string
  readonly mailFrom: string
  readonly secret: string
  /** `bounces@…`: what comes back, comes back to an address of its own for each message. */
  readonly bounceAddress?: string | undefined
  readonly dkim?: DkimSettings | undefined
  readonly replyAddress?: ReplyAddress | undefined
}

export interface DkimSettings {
  readonly domain: string
  readonly selector: string
  readonly key: string
}

// A server that says nothing is given up soon: the message is tried again later anyway.
const patience = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 60_000 }

/** For a pool of connections, or for one that is looked at. */
export const transportOptions = ({ smtpUrl, dkim }: Pick<MailSettings, 'smtpUrl' | 'dkim'>) => ({
  url: smtpUrl,
  ...(dkim && {
    dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.key },
  }),
  ...patience,
})

export function emailSender(settings: MailSettings): { send: Sender; close(): void } {
  const transport = nodemailer.createTransport({
    ...transportOptions(settings),
    pool: true,
    maxConnections: 2,
    // When a server dies in the middle it may have taken it. When to try again is decided in one place: the outbox.
    maxRequeues: 0,
  } as SMTPPool.Options)
  const names = mailNames({
    secret: settings.secret,
    mailFrom: settings.mailFrom,
    bounceAddress: settings.bounceAddress,
  })
  return {
    close: () => transport.close(),
    async send(message, { tx }) {
      if (!message.address) throw new Error('no e-mail address')
      const mail = composed(message, names, settings.mailFrom, await settings.replyAddress?.(message, tx))
      try {
        await transport.sendMail(mail)
      } catch (error) {
        const refusal = refusalOf(error)
        throw refusal.trouble === 'later' ? error : new CameBack(refusal)
      }
      return { id: names.messageId(message) }
    },
  }
}

/** One e-mail: its words, the same as HTML, and what mail servers and programs need to know of it. */
function composed(
  message: Message,
  names: MailNames,
  from: string,
  replyTo: string | undefined,
): Mail.Options {
  const entry = attachmentOf(message)
  const thread = names.thread(message)
  const comesBackTo = names.bounceAddress(message)
  const stop = stopLink(message)
  return {
    from,
    to: message.address,
    ...(replyTo && { replyTo }),
    ...(comesBackTo && { envelope: { from: comesBackTo, to: message.address } }),
    subject: message.subject,
    text: message.body,
    html: htmlOf(message, readLayout(message.layout, message.body)),
    messageId: names.messageId(message),
    // All about one thing hang from one name, though no message has it: none is the first for everybody.
    ...(thread && { inReplyTo: thread, references: thread }),
    // Beside the words, as a calendar reads it, and as a file for whoever has another one (RFC 6047).
    ...(entry && { icalEvent: { method: entry.method, filename: entry.name, content: entry.text } }),
    headers: {
      'Auto-Submitted': 'auto-generated',
      // RFC 8058: mail programs show a button for it.
      ...(stop && {
        'List-Unsubscribe': `<${stop}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
  }
}
