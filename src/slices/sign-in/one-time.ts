import { createHash, createHmac, randomBytes, randomInt, randomUUID, timingSafeEqual } from 'node:crypto'
import { boxOf } from '#platform/box.ts'
import { realClock } from '#platform/clock.ts'
import type { Instant, Pool, Tx } from '#platform/database/tables.ts'
import type { House } from '#platform/house.ts'
import { keyFor } from '#platform/settings.ts'
import { engineOf } from './engine.ts'

/** R60. Real time, as sessions have it: moving the demo's clock changes nothing here. */
export const codeLasts = { minutes: 10, tries: 5 }

/** What was asked for: kept beside the hash of the code until it is given, or its time or tries are over. */
export interface Asked {
  readonly email: string
  /** Where to go afterwards, shut: beside an address it would join somebody with what they are about to open. */
  readonly to: string
  /** The identifier of the other way to answer, which ends with this one. */
  readonly other?: string
  /** What else waits with it, shut by whoever asked. */
  readonly more?: string
}

interface Kept extends Asked {
  readonly code: string
  readonly tries: number
}

const boxOfAddress = (house: House) => boxOf(house, 'where to after signing in', '')

export const shutTo = (house: House, to: string): string =>
  Buffer.byteLength(to) <= 500 ? boxOfAddress(house).shut(to, 'to') : ''
export const openTo = (house: House, shut: string): string =>
  (shut && boxOfAddress(house).open(shut, 'to')) || ''

export type Answer<Thing> =
  | { readonly is: 'right'; readonly asked: Thing }
  | { readonly is: 'wrong'; readonly triesLeft: number }
  /** Used, out of time, out of tries, of another request, or never there: one answer for all. */
  | { readonly is: 'gone' }

export const newSecret = () => randomBytes(24).toString('base64url')
export const newCode = () => String(randomInt(1_000_000)).padStart(6, '0')
/** Spaces and dashes are for reading; a code is its digits (R43: pasting from a message works). */
export const digitsOf = (typed: string) => typed.replace(/[\s\u2010-\u2015-]/g, '')
export const expiry = (): Instant => realClock.now().add({ minutes: codeLasts.minutes })

/** Names a waiting answer by the secret that leads to it; the secret itself is not kept. */
export function identifierOf(purpose: string, secret: string): string {
  return `${purpose}:${createHash('sha256').update(secret).digest('base64url')}`
}

/** Keyed, because a plain hash of six digits is no secret; bound to one request by its identifier. */
function codeHash(house: House, identifier: string, code: string): string {
  return createHmac('sha256', keyFor(house.secret, 'one-time codes'))
    .update(`${identifier} ${code}`)
    .digest('base64url')
}

/** A row that waits for a code. */
export function waitingForCode(house: House, identifier: string, code: string, asked: Asked) {
  return waiting(identifier, { ...asked, code: codeHash(house, identifier, code), tries: 0 } satisfies Kept)
}

export function waiting(identifier: string, value: object) {
  const now = realClock.now()
  return {
    id: randomUUID(),
    identifier,
    value: JSON.stringify(value),
    expires_at: expiry(),
    created_at: now,
    updated_at: now,
  }
}

export async function keepWaiting(tx: Tx, rows: readonly ReturnType<typeof waiting>[]): Promise<void> {
  await tx.insertInto('verification').values(rows).execute()
}

/** Takes what waits, once: of two who come at the same time one gets it. */
export async function take<Value>(house: House, identifier: string): Promise<Value | undefined> {
  const { internalAdapter } = await engineOf(house)
  const taken = await internalAdapter.consumeVerificationValue(identifier)
  return taken ? (JSON.parse(taken.value) as Value) : undefined
}

/** Whether this is the first time that something comes which may come once, within the next minutes. */
export async function usedOnce(house: House, purpose: string, value: string): Promise<boolean> {
  const { internalAdapter } = await engineOf(house)
  return await internalAdapter.reserveVerificationValue({
    identifier: identifierOf(purpose, value),
    value: '',
    expiresAt: new Date(realClock.now().add({ minutes: 20 }).epochMilliseconds),
  })
}

/** Looks at what waits, for a page to show; changes nothing. */
export async function look<Value>(tx: Tx | Pool, identifier: string): Promise<Value | undefined> {
  const found = await tx
    .selectFrom('verification')
    .select('value')
    .where('identifier', '=', identifier)
    .where('expires_at', '>', realClock.now())
    .executeTakeFirst()
  return found && (JSON.parse(found.value) as Value)
}

export async function forget(house: House, identifier: string): Promise<void> {
  await house.database.pool.deleteFrom('verification').where('identifier', '=', identifier).execute()
}

/**
 * One try. The row is taken out first and put back only after a wrong try that was not the last, so that tries
 * made at the same time cannot add up to more than five.
 */
export async function tryCode(house: House, identifier: string, typed: string): Promise<Answer<Asked>> {
  const { internalAdapter } = await engineOf(house)
  const taken = await internalAdapter.consumeVerificationValue(identifier)
  if (!taken) return { is: 'gone' }
  const { code, tries, ...asked } = JSON.parse(taken.value) as Kept
  const given = Buffer.from(codeHash(house, identifier, digitsOf(typed)))
  const right = Buffer.from(code)
  if (given.length === right.length && timingSafeEqual(given, right)) {
    if (asked.other) await forget(house, asked.other)
    return { is: 'right', asked }
  }
  const triesLeft = codeLasts.tries - tries - 1
  if (triesLeft < 1) {
    // The link of the same message stays: it cannot be guessed.
    return { is: 'gone' }
  }
  await internalAdapter.createVerificationValue({
    identifier,
    value: JSON.stringify({ ...asked, code, tries: tries + 1 } satisfies Kept),
    expiresAt: taken.expiresAt,
  })
  return { is: 'wrong', triesLeft }
}
