import { createHmac, timingSafeEqual } from 'node:crypto'
import { keyFor } from './settings.ts'

/**
 * Proof that a form came from one of our pages, for this session (R65). A visitor's token has no session to
 * be bound to; it carries the minute it was made, which also shows how long the form was open.
 */
export interface FormTokens {
  forSession(sessionToken: string): string
  isFor(sessionToken: string, given: string): boolean
  forVisitor(nowMs: number): string
  /** @returns how long ago it was made in ms, or undefined when it is not ours or older than a day */
  visitorAge(given: string, nowMs: number): number | undefined
  /** Names an account without revealing it, so that kept writing comes back to nobody else. */
  ownerMark(accountId: string): string
  /** Seals what this account keeps on a device: its own pages bring it, and the device does not keep it. */
  deviceKey(accountId: string): string
}

const day = 24 * 60 * 60 * 1000

export function openFormTokens(secret: string): FormTokens {
  const key = keyFor(secret, 'form tokens')
  const mac = (text: string) => createHmac('sha256', key).update(text).digest('base64url').slice(0, 32)
  const same = (a: string, b: string) => {
    const [left, right] = [Buffer.from(a), Buffer.from(b)]
    return left.length === right.length && timingSafeEqual(left, right)
  }
  return {
    forSession: token => mac(`session ${token}`),
    isFor: (token, given) => same(mac(`session ${token}`), given),
    forVisitor: nowMs => `${nowMs.toString(36)}.${mac(`visitor ${nowMs.toString(36)}`)}`,
    visitorAge(given, nowMs) {
      const [made = '', sealed = ''] = given.split('.')
      if (!same(mac(`visitor ${made}`), sealed)) return undefined
      const age = nowMs - Number.parseInt(made, 36)
      return age >= -60_000 && age <= day ? age : undefined
    },
    ownerMark: accountId => mac(`owner ${accountId}`),
    deviceKey: accountId => createHmac('sha256', key).update(`device ${accountId}`).digest('base64url'),
  }
}
