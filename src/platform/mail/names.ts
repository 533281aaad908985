import { createHmac } from 'node:crypto'
import { sealWith } from '../seal.ts'
import { keyFor } from '../settings.ts'
import { signedAddress } from './signed-address.ts'

/** How one e-mail names itself, its thread and the address to which it comes back. */
export interface MailNames {
  /** The same at each try: when a crash hid that it was sent, mailboxes fold the second into the first. */
  messageId(message: Named): string
  /** One for each thing and reader; undefined for what is no conversation. */
  thread(message: Named): string | undefined
  /** `bounces+<network>.<message>.<mac>@…`; undefined without a setting. */
  bounceAddress(message: Pick<Named, 'network_id' | 'id'>): string | undefined
}

export interface Named {
  readonly network_id: number
  readonly id: number
  readonly key: string
  readonly person_id: number | null
  readonly address: string
  readonly about_kind: string
  readonly about_id: string
}

/** Nothing that comes again belongs with what came before, and nobody reads from a thread what belongs to one concern. */
const alone = new Set(['sign-in', 'account', 'digest', 'concern', 'own-space-private'])

export function mailNames(settings: {
  secret: string
  mailFrom: string
  bounceAddress: string | undefined
}): MailNames {
  const host = /@([^\s>]+)/.exec(settings.mailFrom)?.[1] ?? 'localhost'
  // Keyed, so that nobody who guesses what was told can say that it came back.
  const key = keyFor(settings.secret, 'message ids')
  const seal = sealWith(settings.secret)
  const named = (text: string) =>
    `<${createHmac('sha256', key).update(text).digest('hex').slice(0, 40)}@${host}>`
  return {
    messageId: message => named(`${message.network_id} ${message.key}`),
    thread: message =>
      alone.has(message.about_kind) || message.about_id === ''
        ? undefined
        : named(
            `thread ${message.network_id} ${message.about_kind} ${message.about_id} ${message.person_id ?? message.address}`,
          ),
    bounceAddress: message => signedAddress(settings.bounceAddress ?? '', seal, 'bounce', message),
  }
}
