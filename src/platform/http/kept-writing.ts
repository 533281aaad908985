import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Pool, Tx } from '../database/tables.ts'
import type { House } from '../house.ts'
import { hashOfToken } from '../seal.ts'
import type { Filled } from './route.ts'
import { keepable, type SubmittedForm } from './submitted.ts'

const cookieName = 'kept'
const hoursKept = 24

/**
 * The session ended while somebody wrote: keeps the words for a day, for the same account on the same device.
 * @returns the Set-Cookie header that leads back to them
 */
export async function keepWriting(house: House, path: string, form: SubmittedForm): Promise<string> {
  const pool = house.database.pool
  return await keep(house, pool, path, form.values._owner ?? '', keepable(form))
}

/**
 * What was written down on one page stands in the fields of another: for this account on this device, for a day.
 * @returns the Set-Cookie header that leads to it
 */
export async function fillForm(
  house: House,
  tx: Tx,
  path: string,
  accountId: string,
  fields: Readonly<Record<string, string>>,
): Promise<string> {
  const lists = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]]))
  return await keep(house, tx, path, house.tokens.ownerMark(accountId), lists)
}

async function keep(
  house: House,
  at: Tx | Pool,
  path: string,
  owner: string,
  lists: Readonly<Record<string, readonly string[]>>,
): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  const now = Temporal.Now.instant()
  await sql`delete from kept_writing where at < ${now.subtract({ hours: hoursKept })}`.execute(at)
  await at
    .insertInto('kept_writing')
    .values({ token_hash: hashOfToken(token), path, fields: JSON.stringify({ owner, lists }), at: now })
    .execute()
  return house.sessions.cookie(cookieName).set(token, hoursKept * 3600)
}

/** What was kept for this address and this account, for the form to show again. */
export async function findKept(
  house: House,
  tx: Tx,
  request: Request,
  path: string,
  accountId: string,
): Promise<Filled | undefined> {
  const token = house.sessions.cookie(cookieName).read(request)
  if (!token) return undefined
  const row = await tx
    .selectFrom('kept_writing')
    .selectAll()
    .where('token_hash', '=', hashOfToken(token))
    .where('path', '=', path)
    .where('at', '>', Temporal.Now.instant().subtract({ hours: hoursKept }))
    .executeTakeFirst()
  if (!row) return undefined
  const { owner, lists } = row.fields as { owner: string; lists: Record<string, string[]> }
  if (owner !== house.tokens.ownerMark(accountId)) return undefined
  const values = Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list[0] ?? '']))
  return { values, lists, errors: [] }
}

/**
 * What was kept has been sent: it does not come back to the next empty form.
 * @returns the Set-Cookie headers that forget it
 */
export async function forgetKept(house: House, tx: Tx, request: Request, path: string): Promise<string[]> {
  const cookie = house.sessions.cookie(cookieName)
  const token = cookie.read(request)
  if (!token) return []
  const gone = await tx
    .deleteFrom('kept_writing')
    .where('token_hash', '=', hashOfToken(token))
    .where('path', '=', path)
    .executeTakeFirst()
  return Number(gone.numDeletedRows) > 0 ? [cookie.forget] : []
}
