import { sql } from 'kysely'
import type { ApiScope } from '../api.ts'
import type { House } from '../house.ts'
import { hashOfToken } from '../seal.ts'
import type { Session } from '../session.ts'

/** How a token begins, so that a program that looks for secrets left lying about knows it. */
export const tokenBegins = 'loop_'

/**
 * Who a program reads for, by its `Authorization: Bearer` header (RFC 6750). The token opens only addresses of its
 * scopes, only in its network, and only what its person may read today.
 */
export async function sessionOfToken(
  house: House,
  request: Request,
  slug: string,
  scope: ApiScope,
): Promise<Session | undefined> {
  const token = /^Bearer (loop_[\w-]{43})$/.exec(request.headers.get('authorization') ?? '')?.[1]
  if (!token) return undefined
  const found = await sql<{ account_id: string; name: string; scopes: readonly string[] }>`
    select * from account_of_api_token(${slug}, ${hashOfToken(token)}, ${house.clock.today()})`.execute(
    house.database.pool,
  )
  const row = found.rows[0]
  if (!row?.scopes.includes(scope)) return undefined
  return {
    id: '',
    cookie: '',
    accountId: row.account_id,
    name: row.name,
    networks: [],
    // Its person had given a second factor when it was made.
    complete: true,
    isStaff: true,
    provenAt: null,
  }
}
