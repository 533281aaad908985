import { createHash, timingSafeEqual } from 'node:crypto'
import type { Database } from '../database/connect.ts'
import type { Message } from '../outbox.ts'
import { type Seal, sealWith } from '../seal.ts'

/** Between few people: an answer to it must lie nowhere that the team, or anybody else, can see. */
export const isForFewEyes = (aboutKind: string): boolean =>
  aboutKind.startsWith('own-space') || aboutKind === 'concern' || aboutKind === 'buddy-message'

/** What is for few eyes, or for one purpose, has no address for an answer. */
const hasNoAddress = (aboutKind: string): boolean =>
  isForFewEyes(aboutKind) || ['sign-in', 'account', 'data-complaint', 'digest', 'motion'].includes(aboutKind)

/** Letters that survive a mail server that writes addresses small. */
const macOf = (seal: Seal, networkId: number, messageId: number) =>
  createHash('sha256')
    .update(seal('reply', `${networkId} ${messageId}`))
    .digest('hex')
    .slice(0, 20)

/** `loop+r.<network>.<message>.<mac>@…` */
export function replyAddressOf(
  mailbox: string,
  seal: Seal,
  message: { readonly network_id: number; readonly id: number },
): string | undefined {
  const at = mailbox.lastIndexOf('@')
  if (at < 1) return undefined
  const { network_id, id } = message
  return `${mailbox.slice(0, at)}+r.${network_id}.${id}.${macOf(seal, network_id, id)}${mailbox.slice(at)}`
}

/** Which message an address was made for; undefined when we did not make it. */
export function readReplyAddress(
  address: string,
  seal: Seal,
): { readonly networkId: number; readonly messageId: number } | undefined {
  const found = /\+r\.(\d{1,9})\.(\d{1,15})\.([0-9a-f]{20})@/i.exec(address)
  if (!found) return undefined
  const [networkId, messageId] = [Number(found[1]), Number(found[2])]
  return timingSafeEqual(Buffer.from(macOf(seal, networkId, messageId)), Buffer.from(found[3]!.toLowerCase()))
    ? { networkId, messageId }
    : undefined
}

/** Where an answer goes, for a network that has a mailbox: an address of its own for each message, where that is possible. */
export function replyAddresses(database: Pick<Database, 'network'>, secret: string) {
  const seal = sealWith(secret)
  return async (message: Message): Promise<string | undefined> => {
    if (message.person_id === null || hasNoAddress(message.about_kind)) return undefined
    const mailbox = await database.network(message.network_id, tx =>
      tx
        .selectFrom('connection')
        .select('settings')
        .where('kind', '=', 'mail-in')
        .where('state', '=', 'on')
        .executeTakeFirst(),
    )
    const { address, plus } = mailbox?.settings ?? {}
    if (!address) return undefined
    return plus === 'yes' ? replyAddressOf(address, seal, message) : address
  }
}
