import type { Doing } from '#platform/doing.ts'
import { open, shut } from './sealing.ts'

// The key of one concern, wrapped for each who may read it. A new reader gets a wrapping of their own, and loses it
// when they are no reader any more.

export const holderOf = (personId: number): string => `person:${personId}`

const boxOf = (doing: Doing, personId: number) =>
  doing.box('concern key', `network ${doing.network.id} person ${personId}`)

export const wrapFor = (doing: Doing, ref: string, personId: number, key: Buffer): string =>
  boxOf(doing, personId).shut(key.toString('base64'), `${ref} ${holderOf(personId)}`)

export function unwrap(doing: Doing, ref: string, personId: number, wrapped: string): Buffer | undefined {
  const key = boxOf(doing, personId).open(wrapped, `${ref} ${holderOf(personId)}`)
  return key === undefined ? undefined : Buffer.from(key, 'base64')
}

export const wrapForCode = (codeKey: Buffer, ref: string, key: Buffer): string =>
  shut(codeKey, key, `${ref} code`).toString('base64')

export function unwrapForCode(codeKey: Buffer, ref: string, wrapped: string): Buffer | undefined {
  try {
    return open(codeKey, Buffer.from(wrapped, 'base64'), `${ref} code`)
  } catch {
    return undefined
  }
}

/** Says with which secret of the house something was wrapped, and nothing about the secret (R75). */
export const houseMark = (doing: Doing): string =>
  doing.seal('concern keys', 'wrapped with this secret').slice(0, 12)
