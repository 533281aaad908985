import type { Channel } from '../database/tables.ts'

export interface Ways {
  readonly email: string | null
  readonly phone: string | null
  readonly postal_address: string | null
  /** Which of them did not take what was sent. */
  readonly troubled: readonly Channel[]
}

/** British mobile numbers begin so; a text to a number at home would be lost. */
const isMobile = (phone: string) => /^(\+44|0044|0)7\d/.test(phone.replace(/[\s()-]/g, ''))

/** The next way in which somebody can be told when one did not work; undefined when there is none. */
export function anotherWay(ways: Ways): { channel: Channel; address: string } | undefined {
  const { email, phone, postal_address, troubled } = ways
  if (email && !troubled.includes('email')) return { channel: 'email', address: email }
  if (phone && isMobile(phone) && !troubled.includes('text')) return { channel: 'text', address: phone }
  if (phone) return { channel: 'phone', address: phone }
  return postal_address ? { channel: 'post', address: postal_address } : undefined
}

/** For one pair of eyes, at the address that was asked for: a code or a word about a concern takes no other road. */
const ofOneAddress = new Set(['sign-in', 'account', 'concern', 'own-space-private'])
export const keepsItsWay = (about: { readonly kind: string }): boolean => ofOneAddress.has(about.kind)

/** Of these nobody may learn even that there was one. */
const untold = new Set(['concern', 'own-space-private'])
export const isUntold = (about: { readonly kind: string }): boolean => untold.has(about.kind)

/** Why a text message did not go out after STOP. */
export const askedForNoTexts = 'They asked for no more text messages.'
