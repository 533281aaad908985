import type { Channel, Tx } from '../database/tables.ts'
import type { House } from '../house.ts'
import { notifyOfNetwork } from '../notify/senders.ts'
import type { Message } from '../outbox.ts'
import { emailSender, type MailSettings } from './email.ts'

/** What is known of a message once it was handed over: the name by which what comes back will call it. */
export interface HandedOver {
  readonly id: string
  /** Who tells later what became of it. */
  readonly by?: 'notify'
}

interface HowHanded {
  /** It may have gone out before: a crash, or no answer, came in between. */
  readonly again: boolean
  /** Holds the message meanwhile: a sender that looks something up takes no second connection. */
  readonly tx: Tx
}

/** Hands one message to the world. Throws when it could not: `CameBack` when trying again is no use. */
// biome-ignore lint/suspicious/noConfusingVoidType: a sender that knows no name just ends
export type Sender = (message: Message, how: HowHanded) => Promise<HandedOver | void>

export type SendersByChannel = Partial<Record<Channel, Sender>>

export interface Senders {
  /** Channels without a sender become work by hand for the team. */
  readonly byChannel: SendersByChannel
  /** What one network has set up for itself; it goes before the others. */
  readonly ofNetwork?: (
    at: { readonly house: House; readonly tx: Tx; readonly networkId: number },
    usual: SendersByChannel,
  ) => Promise<SendersByChannel>
  /** So many e-mails a minute at most, of all workers together. */
  readonly mailPerMinute?: number | undefined
  close(): void
}

/** The demo never sends anything to the outside: what is written counts as sent, and `/demo/outbox` shows it. */
export const demoSenders: Senders = {
  byChannel: { email: async () => {}, text: async () => {} },
  ofNetwork: notifyOfNetwork,
  close() {},
}

export function realSenders(settings: MailSettings & { mailPerMinute?: number | undefined }): Senders {
  const email = emailSender(settings)
  return {
    byChannel: { email: email.send },
    ofNetwork: notifyOfNetwork,
    mailPerMinute: settings.mailPerMinute,
    close: () => email.close(),
  }
}
