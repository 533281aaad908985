import type { Channel } from '../database/tables.ts'
import type { Message } from '../outbox.ts'
import { emailSender, type MailSettings } from './email.ts'

/** What is known of a message once it was handed over: the name by which what comes back will call it. */
export interface HandedOver {
  readonly id: string
}

/** Hands one message to the world. Throws when it could not: `CameBack` when trying again is no use. */
// biome-ignore lint/suspicious/noConfusingVoidType: a sender that knows no name just ends
export type Sender = (message: Message) => Promise<HandedOver | void>

export interface Senders {
  /** Channels without a sender become work by hand for the team. */
  readonly byChannel: Partial<Record<Channel, Sender>>
  /** So many e-mails a minute at most, of all workers together. */
  readonly mailPerMinute?: number | undefined
  close(): void
}

/** The demo never sends anything to the outside: what is written counts as sent, and `/demo/outbox` shows it. */
export const demoSenders: Senders = { byChannel: { email: async () => {}, text: async () => {} }, close() {} }

export function realSenders(settings: MailSettings & { mailPerMinute?: number | undefined }): Senders {
  const email = emailSender(settings)
  return {
    byChannel: { email: email.send },
    mailPerMinute: settings.mailPerMinute,
    close: () => email.close(),
  }
}
