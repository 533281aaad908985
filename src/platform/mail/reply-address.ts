import { openSettingsOf } from '../connections.ts'
import type { ReplyAddress } from '../delivery/email.ts'
import { sealWith } from '../seal.ts'
import { signedAddress } from './signed-address.ts'

/** Between few people: an answer to it must lie nowhere that the team, or anybody else, can see. */
export const isForFewEyes = (aboutKind: string): boolean =>
  aboutKind.startsWith('own-space') || aboutKind === 'concern' || aboutKind === 'buddy-message'

/** What is for few eyes, or for one purpose, has no address for an answer. */
const hasNoAddress = (aboutKind: string): boolean =>
  isForFewEyes(aboutKind) || ['sign-in', 'account', 'data-complaint', 'digest', 'motion'].includes(aboutKind)

/** Where an answer goes, for a network that has a mailbox: an address of its own for each message, where that is possible. */
export function replyAddresses(secret: string): ReplyAddress {
  const seal = sealWith(secret)
  return async (message, tx) => {
    if (message.person_id === null || hasNoAddress(message.about_kind)) return undefined
    const { address, plus } = (await openSettingsOf(tx, 'mail-in')) ?? {}
    if (!address) return undefined
    return plus === 'yes' ? signedAddress(address, seal, 'reply', message) : address
  }
}
