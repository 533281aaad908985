import { randomInt } from 'node:crypto'
import { dateInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { contributionPaths } from '../paths.ts'

// No letter or figure that sounds or looks like another: no 0 and O, 1 and I and L, 5 and S, 2 and Z, U and V, B and 8.
const letters = 'ACDEFGHJKMNPQRTVWXY34679'
const codeLength = 10

/** Unguessable (some 45 bits) and easy to say on the phone. */
export function makeReceiptCode(): string {
  return Array.from({ length: codeLength }, () => letters[randomInt(letters.length)]).join('')
}

/** "ACDEF-GHJKM". */
export const codeInWords = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`

/** As typed or heard: small letters, spaces and dashes do not matter. @returns undefined when it is no code at all */
export function readReceiptCode(given: string): string | undefined {
  const code = given.toUpperCase().replace(/[\s–—-]/g, '')
  return code.length === codeLength && [...code].every(each => letters.includes(each)) ? code : undefined
}

export interface Receipt {
  readonly contributionId: number
  readonly number: number
  readonly code: string
  readonly personId: number
  readonly due: PlainDate | null
}

/** LOOP-3: at once, by the person's own channel. It carries none of their words (R42). */
export function receiptTelling(doing: Doing, receipt: Receipt): Telling {
  const name = reference('C', receipt.number)
  const code = codeInWords(receipt.code)
  return {
    key: `received:${receipt.contributionId}:${receipt.personId}`,
    personId: receipt.personId,
    kind: 'received',
    subject: `we have what you sent, ${name}`,
    paragraphs: [
      `Thank you. We have what you sent us. Its reference is ${name}.`,
      ...(receipt.due
        ? [
            `By ${dateInWords(receipt.due)} we will tell you which group will look at it, and when. Only you can say that it is closed.`,
          ]
        : []),
      `Your receipt code is ${theirs(code)}. With the reference and this code anyone can check, without signing in, that we had it on this day. They see nothing else. The page is ${doing.publicUrl}${contributionPaths.receipt(doing.network.slug)}`,
    ],
    link: {
      path: contributionPaths.one(doing.network.slug, name),
      words: 'Follow what happens to it here',
    },
    short: `We have what you sent, ${name}. Your receipt code is ${theirs(code)}.`,
    about: { kind: 'contribution', id: String(receipt.contributionId) },
  }
}
