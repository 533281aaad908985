import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { appendAudit } from '#platform/audit.ts'
import type { Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { House } from '#platform/house.ts'
import type { Call } from '#platform/http/route.ts'
import { onceOnly } from '#platform/outbox.ts'
import type { Elsewhere } from '#platform/session.ts'
import { auditAccount } from './letters.ts'

export interface Door {
  readonly network_id: number
  readonly person_id: number
}

/** Whom a sign-in message for this address goes to. */
export async function doorOf(house: House, address: string): Promise<Door | undefined> {
  const found = await sql<Door>`
    select network_id, person_id from sign_in_door(${address})`.execute(house.database.pool)
  return found.rows[0]
}

/**
 * The account of an address that was just proven, made at the first sign-in, and joined to whoever the networks
 * know by this address and who has no account yet. Undefined when nobody is known by it.
 */
export async function accountOfProven(house: House, address: string): Promise<string | undefined> {
  const { pool } = house.database
  if (!(await doorOf(house, address))) return undefined
  const people = await sql<{
    network_id: number
    person_id: number
    account_id: string | null
    name: string
  }>`
    select * from people_with_email(${address})`.execute(pool)
  await sql`insert into account (id, name, email, email_verified)
            values (${randomBytes(12).toString('base64url')}, ${people.rows[0]?.name ?? address}, ${address.toLowerCase()}, true)
            on conflict (lower(email)) do update set email_verified = true`.execute(pool)
  const account = await pool
    .selectFrom('account')
    .select('id')
    .where(sql`lower(email)`, '=', address.toLowerCase())
    .executeTakeFirstOrThrow()
  for (const person of people.rows.filter(each => each.account_id === null)) {
    await house.database.network(person.network_id, tx => join(tx, house, person.person_id, account.id))
  }
  return account.id
}

async function join(tx: Tx, house: House, personId: number, accountId: string): Promise<void> {
  const joined = await tx
    .updateTable('person')
    .set({ account_id: accountId })
    .where('id', '=', personId)
    .where('account_id', 'is', null)
    .where('left_on', 'is', null)
    // One account is one person in a network.
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('person as other').select('other.id').where('other.account_id', '=', accountId))),
    )
    .executeTakeFirst()
  if (Number(joined.numUpdatedRows) === 0) return
  await appendAudit(tx, {
    at: house.clock.now(),
    personId,
    action: 'account-joined',
    thingKind: 'account',
    thingId: accountId,
  })
}

/**
 * Starts a session with a new random id, whatever session was there before (R63).
 * @returns the Set-Cookie header
 */
export async function startSession(
  house: House,
  call: Call,
  accountId: string,
  how: {
    secondFactor: boolean
    /** One more proof of whoever is signed in by half: what their hospital said of them stays. */
    goesOn?: boolean
    /** Their hospital says who they are; and whether they also gave a proof of ours. */
    elsewhere?: Elsewhere
    proven?: boolean
  },
): Promise<string> {
  const cookie = await house.sessions.start(accountId, {
    secondFactor: how.secondFactor,
    userAgent: call.request.headers.get('user-agent') ?? undefined,
    address: call.source,
    elsewhere: how.elsewhere,
    proven: how.proven ?? true,
    goesOn: how.goesOn ? call.anySession?.id : undefined,
  })
  if (call.anySession) await house.sessions.end(call.anySession.id)
  await auditAccount(house, accountId, how.elsewhere ? 'signed-in-elsewhere' : 'signed-in')
  return cookie
}

/** At withdrawal, or when the last place ends: signed out everywhere, in the transaction of what ended (R63). */
export async function endSessionsOf(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('session').where('account_id', '=', accountId).execute()
}

/**
 * Whoever had a place in this network and has none any more (no group, no post, no Trust) is signed out everywhere,
 * once: they may sign in again for what they said themselves.
 * @param personId only this person; left out: everybody, as the clock asks
 */
export async function endSessionsOfWhoLeft(
  { tx, network, today, now }: Pick<Doing, 'tx' | 'network' | 'today' | 'now'>,
  personId?: number,
): Promise<void> {
  const left = await sql<{ id: number; account_id: string; key: string }>`
    with held as (
      select person_id, to_on from membership union all select person_id, to_on from post_holding
      union all select person_id, to_on from trust_contact),
    gone as (
      select p.id, p.account_id, 'last-place-ended:' || p.id || ':' || max(h.to_on) as key
      from person p join held h on h.person_id = p.id
      where p.account_id is not null ${personId === undefined ? sql`` : sql`and p.id = ${personId}`}
      group by p.id, p.account_id having bool_and(h.to_on is not null and h.to_on < ${today}))
    select * from gone where not exists (select from reminder r where r.network_id = ${network.id} and r.key = gone.key)`.execute(
    tx,
  )
  for (const each of left.rows) {
    if (await onceOnly(tx, network.id, each.key, each.id, now)) await endSessionsOf(tx, each.account_id)
  }
}

/** Only addresses of this service; anything else leads home. */
export function insidePath(to: string | null | undefined): string {
  return to?.startsWith('/') && !/^\/[/\\]/.test(to) && to.length < 500 ? to : ''
}

/** Where to after signing in, when nothing else was asked for. */
export async function homeOf(house: House, accountId: string): Promise<string> {
  const found = await sql<{ slug: string }>`
    select slug from networks_of_account(${accountId}) limit 1`.execute(house.database.pool)
  return found.rows[0] ? `/${found.rows[0].slug}/home` : '/'
}
