import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'

// What somebody says in a concern is shut with a key of that concern alone. The key itself is never stored bare: it is
// wrapped once for each who may read (keys.ts).

const step = 1024

export const newKey = (): Buffer => randomBytes(32)

/** @param about what it belongs to: moved to another place, it does not open */
export function shut(key: Buffer, content: Uint8Array, about: string): Buffer {
  // Filled up, so that the length of what is shut tells little of it.
  const padded = Buffer.alloc(Math.ceil((content.length + 4) / step) * step)
  padded.writeUInt32BE(content.length)
  padded.set(content, 4)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about))
  return Buffer.concat([nonce, cipher.update(padded), cipher.final(), cipher.getAuthTag()])
}

export function open(key: Buffer, sealed: Uint8Array, about: string): Buffer {
  const all = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', key, all.subarray(0, 12))
    .setAAD(Buffer.from(about))
    .setAuthTag(all.subarray(-16))
  const padded = Buffer.concat([decipher.update(all.subarray(12, -16)), decipher.final()])
  return padded.subarray(4, 4 + padded.readUInt32BE())
}

export const shutWords = (key: Buffer, value: unknown, about: string): Buffer =>
  shut(key, Buffer.from(JSON.stringify(value), 'utf8'), about)
export const openWords = <Value>(key: Buffer, sealed: Uint8Array, about: string): Value =>
  JSON.parse(open(key, sealed, about).toString('utf8')) as Value

/** Twenty digits in fives of four: 66 bits, and nothing that is hard to say or to hear on the phone. */
export function newReturnCode(): string {
  let digits = ''
  while (digits.length < 20) {
    for (const byte of randomBytes(32)) if (byte < 250) digits += String(byte % 10)
  }
  return inGroups(digits.slice(0, 20))
}

export const inGroups = (digits: string): string => (digits.match(/.{1,4}/g) ?? []).join(' ')

/** As somebody types it: with spaces, hyphens or none. @returns undefined when it cannot be a return code */
export function readReturnCode(typed: string): string | undefined {
  const digits = typed.normalize('NFKC').replace(/[\s\-–—.]/g, '')
  return /^\d{20}$/.test(digits) ? digits : undefined
}

const slow = promisify<string, string, number, { N: number }, Buffer>(scrypt)

/**
 * The two things that a return code opens: the row in the database, and the wrapping of its key. Made slowly and from
 * nothing but the code: neither can be turned back, and no change of the house's secret takes the way back from anybody.
 */
export async function fromReturnCode(code: string, slug: string): Promise<{ door: string; key: Buffer }> {
  const made = await slow(code.replaceAll(' ', ''), `concern return code ${slug}`, 64, { N: 4096 })
  return { door: made.subarray(0, 32).toString('hex'), key: made.subarray(32) }
}
