import { createHash, timingSafeEqual } from 'node:crypto'
import type { Seal } from '../seal.ts'

/** What an address is for, and how it begins after the plus: an address for one is none for the other. */
const marks = { bounce: '', reply: 'r.' } as const
type Purpose = keyof typeof marks

export interface OfMessage {
  readonly networkId: number
  readonly messageId: number
}

/** Letters that survive a mail server that writes addresses small. */
const macOf = (seal: Seal, purpose: Purpose, { networkId, messageId }: OfMessage) =>
  createHash('sha256')
    .update(seal(purpose, `${networkId} ${messageId}`))
    .digest('hex')
    .slice(0, 20)

/** `loop+r.<network>.<message>.<mac>@…`; undefined where the mailbox is no address. */
export function signedAddress(
  mailbox: string,
  seal: Seal,
  purpose: Purpose,
  { network_id, id }: { readonly network_id: number; readonly id: number },
): string | undefined {
  const at = mailbox.lastIndexOf('@')
  if (at < 1) return undefined
  const mac = macOf(seal, purpose, { networkId: network_id, messageId: id })
  return `${mailbox.slice(0, at)}+${marks[purpose]}${network_id}.${id}.${mac}${mailbox.slice(at)}`
}

/** Which message an address was made for; undefined when we did not make it. */
export function readSignedAddress(address: string, seal: Seal, purpose: Purpose): OfMessage | undefined {
  const found = /\+(r\.)?(\d{1,9})\.(\d{1,15})\.([0-9a-f]{20})@/i.exec(address)
  if (!found || (found[1] ?? '').toLowerCase() !== marks[purpose]) return undefined
  const of = { networkId: Number(found[2]), messageId: Number(found[3]) }
  return timingSafeEqual(Buffer.from(macOf(seal, purpose, of)), Buffer.from(found[4]!.toLowerCase()))
    ? of
    : undefined
}
