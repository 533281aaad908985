import { createHash } from 'node:crypto'
import nodemailer from 'nodemailer'
import type SMTPPool from 'nodemailer/lib/smtp-pool'
import type { Channel } from '../database/tables.ts'
import { attachmentOf, type Message } from '../outbox.ts'

/** Hands one message to the world. Throws when it could not. */
export type Sender = (message: Message) => Promise<void>

export interface Senders {
  /** Channels without a sender become work by hand for the team. */
  readonly byChannel: Partial<Record<Channel, Sender>>
  close(): void
}

/** The demo never sends anything to the outside: what is written counts as sent, and `/demo/outbox` shows it. */
export const demoSenders: Senders = { byChannel: { email: async () => {}, text: async () => {} }, close() {} }

// A server that says nothing is given up soon: the message is tried again later anyway.
const patience = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 60_000 }

export function realSenders(settings: { smtpUrl: string; mailFrom: string }): Senders {
  const transport = nodemailer.createTransport({
    url: settings.smtpUrl,
    pool: true,
    maxConnections: 2,
    ...patience,
  } as SMTPPool.Options)
  const host = /@([^\s>]+)/.exec(settings.mailFrom)?.[1] ?? 'localhost'
  return {
    byChannel: {
      email: async message => {
        if (!message.address) throw new Error('no e-mail address')
        const entry = attachmentOf(message)
        await transport.sendMail({
          from: settings.mailFrom,
          to: message.address,
          subject: message.subject,
          text: message.body,
          // The same id at each try: when a crash hid that it was sent, mailboxes fold the second into the first.
          messageId: `<${createHash('sha256').update(`${message.network_id} ${message.key}`).digest('hex').slice(0, 40)}@${host}>`,
          // Beside the words, as a calendar reads it, and as a file for whoever has another one (RFC 6047).
          ...(entry && {
            icalEvent: { method: entry.method, filename: entry.name, content: entry.text },
          }),
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
      },
    },
    close: () => transport.close(),
  }
}
