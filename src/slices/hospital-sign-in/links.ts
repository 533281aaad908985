import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Pool, Tx } from '#platform/database/tables.ts'
import type { House } from '#platform/house.ts'
import type { Elsewhere } from '#platform/session.ts'
import type { Said, Tokens } from './provider.ts'
import { seal, unseal } from './seal.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    /** Whom a provider knows, and whose account that is. The provider's number decides, never an address. */
    sign_in_method: {
      id: string
      account_id: string
      /** Its issuer. */
      provider_id: string
      provider_account_id: string
      of_network: number | null
    }
  }
}

export interface Link {
  readonly id: string
  readonly accountId: string
}

export async function linkOf(
  house: House,
  networkId: number,
  said: Pick<Said, 'issuer' | 'subject'>,
): Promise<Link | undefined> {
  const row = await house.database.pool
    .selectFrom('sign_in_method')
    .select(['id', 'account_id'])
    .where('of_network', '=', networkId)
    .where('provider_id', '=', said.issuer)
    .where('provider_account_id', '=', said.subject)
    .executeTakeFirst()
  return row && { id: row.id, accountId: row.account_id }
}

/** The networks in which this account signs in elsewhere. */
export async function linkedNetworks(house: House, accountId: string): Promise<readonly number[]> {
  const rows = await house.database.pool
    .selectFrom('sign_in_method')
    .select('of_network')
    .where('account_id', '=', accountId)
    .execute()
  return rows.flatMap(each => each.of_network ?? [])
}

/**
 * From now on this number there is this account here. Whoever was linked to another number before (a new job, a new
 * account at work) has the new one alone, and sessions of the old one end.
 */
export async function link(
  house: House,
  networkId: number,
  accountId: string,
  said: Pick<Said, 'issuer' | 'subject'>,
): Promise<Link> {
  const id = randomBytes(12).toString('base64url')
  await house.database.pool.transaction().execute(async tx => {
    await tx
      .deleteFrom('sign_in_method')
      .where('of_network', '=', networkId)
      .where(({ or, and, eb }) =>
        or([
          eb('account_id', '=', accountId),
          and([eb('provider_id', '=', said.issuer), eb('provider_account_id', '=', said.subject)]),
        ]),
      )
      .execute()
    await tx
      .insertInto('sign_in_method')
      .values({
        id,
        account_id: accountId,
        provider_id: said.issuer,
        provider_account_id: said.subject,
        of_network: networkId,
      })
      .execute()
  })
  return { id, accountId }
}

/** Sessions that began there end with it. @returns whether there was one */
export async function unlink(tx: Tx | Pool, networkId: number, accountId: string): Promise<boolean> {
  const gone = await tx
    .deleteFrom('sign_in_method')
    .where('of_network', '=', networkId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return Number(gone.numDeletedRows) > 0
}

export type Whose =
  | { readonly is: 'one'; readonly personId: number }
  /** Nobody may guess which of them it is. */
  | { readonly is: 'several' }
  | { readonly is: 'nobody' }

/**
 * Who in this network has this address. Somebody whose account has another address is not found by what the network
 * wrote down: whoever may change a file could otherwise let somebody in.
 */
export async function whoHas(house: House, networkId: number, address: string): Promise<Whose> {
  const found = await house.database.network(networkId, tx =>
    sql<{ id: number; account: string | null }>`
      select p.id, lower(a.email) as account from person p left join account a on a.id = p.account_id
      where p.left_on is null and (lower(p.email) = ${address} or lower(a.email) = ${address})
      order by p.id limit 2`.execute(tx),
  )
  const [first, second] = found.rows
  if (second) return { is: 'several' }
  if (!first || (first.account !== null && first.account !== address)) return { is: 'nobody' }
  return { is: 'one', personId: first.id }
}

const aboutTokens = 'tokens'
// Enough for the tokens of every provider we know; a column is no store for more.
const longest = 20_000

export function elsewhereOf(house: House, linkId: string, said: Said, factor: boolean): Elsewhere {
  return { linkId, sid: said.sid, tokens: sealTokens(house, said.tokens), factor }
}

export function sealTokens(house: House, tokens: Tokens): string {
  const text = seal(house, aboutTokens, tokens)
  return text.length <= longest ? text : ''
}

export const openTokens = (house: House, text: string | null): Tokens | undefined =>
  unseal<Tokens>(house, aboutTokens, text)

/** The provider has just said that they are there. */
export async function confirmed(
  house: House,
  sessionId: string,
  tokens: string,
  said?: { sid: string | undefined; factor: boolean },
): Promise<void> {
  await house.database.pool
    .updateTable('session')
    .set({
      elsewhere_checked_at: house.sessions.now(),
      elsewhere_tokens: tokens,
      ...(said ? { elsewhere_sid: said.sid ?? null, elsewhere_factor: said.factor } : {}),
    })
    .where('id', '=', sessionId)
    .execute()
}

export async function tokensOf(house: House, sessionId: string): Promise<Tokens | undefined> {
  const row = await house.database.pool
    .selectFrom('session')
    .select('elsewhere_tokens')
    .where('id', '=', sessionId)
    .executeTakeFirst()
  return openTokens(house, row?.elsewhere_tokens ?? null)
}
