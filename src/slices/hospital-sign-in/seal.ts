import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { House } from '#platform/house.ts'

type Keys = Pick<House, 'secret' | 'secretBefore'>

const keyOf = (secret: string, about: string) =>
  Buffer.from(hkdfSync('sha256', secret, about, 'closing-the-loop hospital sign-in', 32))

/** Shuts what only this service may read again: what a browser carries for us, and a provider's tokens. */
export function seal(house: Keys, about: string, value: object): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(house.secret, about), nonce)
  const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
  return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')
}

/** @returns undefined when it is not ours, was changed, or was shut with a secret that is gone */
export function unseal<Value>(
  house: Keys,
  about: string,
  text: string | null | undefined,
): Value | undefined {
  const all = Buffer.from(text ?? '', 'base64url')
  if (all.length < 29) return undefined
  for (const secret of [house.secret, house.secretBefore]) {
    if (!secret) continue
    try {
      const open = createDecipheriv('aes-256-gcm', keyOf(secret, about), all.subarray(0, 12))
      open.setAuthTag(all.subarray(-16))
      const body = Buffer.concat([open.update(all.subarray(12, -16)), open.final()])
      return JSON.parse(body.toString('utf8')) as Value
    } catch {
      // Another key, or not ours.
    }
  }
  return undefined
}
