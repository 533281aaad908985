import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Words that only this house opens again, and only while the salt of their key is kept. */
export interface Box {
  /** @param about what it belongs to: moved to another row, it does not open */
  shut(text: string, about: string): string
  /** @returns undefined when it cannot be opened: another salt, another row, or a secret that is gone */
  open(shut: string, about: string): string | undefined
}

/** So that the length of what is shut tells nothing of it. */
const size = 512

/** @param secrets the house's secret, and the one before while keys are changed (R75): the first one shuts */
export function openBox(secrets: readonly string[], purpose: string, salt: string): Box {
  const keys = secrets.map(secret => Buffer.from(hkdfSync('sha256', secret, salt, purpose, 32)))
  return {
    shut(text, about) {
      const words = Buffer.from(text, 'utf8')
      if (words.length > size) throw new RangeError(`a box holds ${size} bytes`)
      const padded = Buffer.alloc(size + 2)
      padded.writeUInt16BE(words.length)
      words.copy(padded, 2)
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', keys[0]!, nonce).setAAD(Buffer.from(about))
      return Buffer.concat([nonce, cipher.update(padded), cipher.final(), cipher.getAuthTag()]).toString(
        'base64',
      )
    },
    open(shut, about) {
      const all = Buffer.from(shut, 'base64')
      for (const key of keys) {
        try {
          const decipher = createDecipheriv('aes-256-gcm', key, all.subarray(0, 12))
            .setAAD(Buffer.from(about))
            .setAuthTag(all.subarray(-16))
          const padded = Buffer.concat([decipher.update(all.subarray(12, -16)), decipher.final()])
          return padded.subarray(2, 2 + padded.readUInt16BE()).toString('utf8')
        } catch {
          // Another key, another row, or not ours.
        }
      }
      return undefined
    },
  }
}

/** A box of this house: what was shut with the secret before this one opens, too. */
export const boxOf = (
  house: { readonly secret: string; readonly secretBefore?: string | undefined },
  purpose: string,
  salt: string,
): Box =>
  openBox(
    [house.secret, ...(house.secretBefore ? [house.secretBefore] : [])],
    `closing-the-loop ${purpose}`,
    salt,
  )

/** Letters of at most four bytes each, so that a piece fits into a box. */
const pieceLength = size / 4 - 8

/** For what is longer than a box: in pieces, each in its place. */
export function shutLong(box: Box, text: string, about: string): string[] {
  const letters = [...text]
  return Array.from({ length: Math.ceil(letters.length / pieceLength) }, (_, n) =>
    box.shut(letters.slice(n * pieceLength, (n + 1) * pieceLength).join(''), `${about} ${n}`),
  )
}

/** @returns undefined when one of the pieces cannot be opened */
export function openLong(box: Box, pieces: readonly string[], about: string): string | undefined {
  const open = pieces.map((each, n) => box.open(each, `${about} ${n}`))
  return open.includes(undefined) ? undefined : open.join('')
}
