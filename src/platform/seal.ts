import { createHash, createHmac } from 'node:crypto'
import { keyFor } from './settings.ts'

/** A MAC for what has one purpose: a link, an address. */
export type Seal = (purpose: string, text: string) => string

export const sealWith =
  (secret: string): Seal =>
  (purpose, text) =>
    createHmac('sha256', keyFor(secret, 'single-purpose links'))
      .update(`${purpose} ${text}`)
      .digest('base64url')
      .slice(0, 32)

/** All that is kept of a key that somebody holds: what lies here opens nothing. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex')
