import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import type { Clock } from './clock.ts'
import type { Instant, Pool } from './database/tables.ts'

/** A signed-in account. What it may do is asked of each network anew (permission.ts). */
export interface Session {
  readonly id: string
  /** What the cookie carries: form tokens are bound to it. Never shown. */
  readonly cookie: string
  readonly accountId: string
  readonly name: string
  readonly networks: readonly { slug: string; name: string }[]
  /** Posts and chairs work only after a second factor (R60); until then the session opens nothing. */
  readonly complete: boolean
  readonly isStaff: boolean
}

export type Visitor =
  | { readonly is: 'signed-in'; readonly session: Session }
  /** The cookie is ours, but its session is over: what was being written is kept. */
  | { readonly is: 'ended'; readonly cookie: string }
  | { readonly is: 'visitor' }

/** R63 and HOUSE-8, in minutes. */
export const sessionLengths = { staffTotal: 12 * 60, staffIdle: 30, volunteerTotal: 30 * 24 * 60 }

/** Every cookie that we set, as a demonstration names it: the page about cookies has a row for each (R64). */
export const cookieNames = [
  'loop',
  'loop-sign-in',
  'loop-passkey',
  'loop-kept',
  'loop-registration',
  'loop-concern',
  'loop-sent',
  'loop-needs',
] as const
export type CookieName = (typeof cookieNames)[number]
type SmallCookieName = CookieName extends infer Name
  ? Name extends `loop-${infer Rest}`
    ? Rest
    : never
  : never

export interface Sessions {
  readonly cookieName: string
  read(cookieHeader: string | undefined): Promise<Visitor>
  /** @returns the Set-Cookie header */
  start(
    accountId: string,
    facts: { secondFactor: boolean; userAgent?: string | undefined; address?: string | undefined },
  ): Promise<string>
  end(sessionId: string): Promise<void>
  /** Everywhere at once: asked for by the person, or because they left (R63). @param except this device stays */
  endAll(accountId: string, except?: string): Promise<void>
  /** Where this account is signed in, last used first. */
  list(session: Session): Promise<readonly Device[]>
  /** A small cookie of ours beside the session's: the same protection, and a name that tells what it is for. */
  cookie(name: SmallCookieName, path?: string): SmallCookie
  /** The Set-Cookie header that forgets. */
  readonly forget: string
}

export interface Device {
  readonly id: string
  readonly userAgent: string | null
  readonly seenAt: Instant
  readonly startedAt: Instant
  readonly isThis: boolean
}

export interface SmallCookie {
  read(request: Request): string | undefined
  /** @returns the Set-Cookie header */
  set(value: string, seconds: number): string
  readonly forget: string
}

interface Found {
  id: string
  account_id: string
  name: string
  second_factor_at: Instant | null
  created_at: Instant
  seen_at: Instant
  expires_at: Instant
  is_staff: boolean
  networks: { slug: string; name: string }[]
}

export function openSessions(options: {
  pool: Pool
  clock: Clock
  secret: string
  secretBefore?: string | undefined
  /** On TLS the cookie has the __Host- prefix (R64); a demo on plain HTTP cannot. */
  secure: boolean
}): Sessions {
  const { pool, clock, secure } = options
  const cookieName = secure ? '__Host-loop' : 'loop'
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  return {
    cookieName,
    async read(cookieHeader) {
      const cookie = readCookie(cookieHeader, cookieName)
      const token = cookie && openToken(cookie, [options.secret, options.secretBefore])
      if (!token) return { is: 'visitor' }
      const now = clock.now()
      const found = (await sql<Found>`select * from open_session(${token}, ${clock.today()})`.execute(pool))
        .rows[0]
      // Whoever left the last network is signed out with the next click (R63).
      if (!found || found.networks.length === 0 || !stillRuns(found, now))
        return { is: 'ended', cookie: token }
      // Once a minute is enough to know who is idle, and keeps reading a page a reading.
      if (now.epochMilliseconds - found.seen_at.epochMilliseconds > 60_000) {
        await pool.updateTable('session').set({ seen_at: now }).where('id', '=', found.id).execute()
      }
      const complete = !found.is_staff || found.second_factor_at !== null
      return {
        is: 'signed-in',
        session: {
          id: found.id,
          cookie: token,
          accountId: found.account_id,
          name: found.name,
          networks: found.networks,
          complete,
          isStaff: found.is_staff,
        },
      }
    },
    async start(accountId, facts) {
      const now = clock.now()
      const token = randomBytes(32).toString('base64url')
      await pool
        .insertInto('session')
        .values({
          id: randomBytes(12).toString('base64url'),
          token,
          account_id: accountId,
          expires_at: now.add({ minutes: sessionLengths.volunteerTotal }),
          ip_address: facts.address ?? null,
          user_agent: facts.userAgent?.slice(0, 300) ?? null,
          second_factor_at: facts.secondFactor ? now : null,
          seen_at: now,
          created_at: now,
          updated_at: now,
        })
        .execute()
      const maxAge = sessionLengths.volunteerTotal * 60
      return `${cookieName}=${sealToken(token, options.secret)}; ${attributes}; Max-Age=${maxAge}`
    },
    async end(sessionId) {
      await pool.deleteFrom('session').where('id', '=', sessionId).execute()
    },
    async endAll(accountId, except) {
      let rows = pool.deleteFrom('session').where('account_id', '=', accountId)
      if (except) rows = rows.where('id', '!=', except)
      await rows.execute()
    },
    async list(session) {
      const now = clock.now()
      const rows = await pool
        .selectFrom('session')
        .select(['id', 'user_agent', 'seen_at', 'created_at', 'expires_at'])
        .where('account_id', '=', session.accountId)
        .orderBy('seen_at', 'desc')
        .execute()
      return rows
        .filter(row => stillRuns({ ...row, is_staff: session.isStaff }, now))
        .map(row => ({
          id: row.id,
          userAgent: row.user_agent,
          seenAt: row.seen_at,
          startedAt: row.created_at,
          isThis: row.id === session.id,
        }))
    },
    cookie(name, path = '/') {
      // __Host- asks for the whole site as its path (R64).
      const full = secure ? `__Host-loop-${name}` : `loop-${name}`
      const rest = `Path=${secure ? '/' : path}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
      return {
        read: request => readCookie(request.headers.get('cookie') ?? undefined, full),
        set: (value, seconds) => `${full}=${value}; ${rest}; Max-Age=${seconds}`,
        forget: `${full}=; ${rest}; Max-Age=0`,
      }
    },
    forget: `${cookieName}=; ${attributes}; Max-Age=0`,
  }
}

type Running = Pick<Found, 'created_at' | 'seen_at' | 'expires_at' | 'is_staff'>

function stillRuns(session: Running, now: Instant): boolean {
  const minutesSince = (then: Instant) => (now.epochMilliseconds - then.epochMilliseconds) / 60_000
  if (now.epochMilliseconds >= session.expires_at.epochMilliseconds) return false
  if (!session.is_staff) return true
  return (
    minutesSince(session.created_at) < sessionLengths.staffTotal &&
    minutesSince(session.seen_at) < sessionLengths.staffIdle
  )
}

export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || undefined
  }
  return undefined
}

// The same form as better-auth's signed cookies: token, dot, HMAC-SHA256 in base64, percent-encoded.
const sign = (token: string, secret: string) => createHmac('sha256', secret).update(token).digest('base64')

function sealToken(token: string, secret: string): string {
  return encodeURIComponent(`${token}.${sign(token, secret)}`)
}

function openToken(cookie: string, secrets: (string | undefined)[]): string | undefined {
  let sealed: string
  try {
    sealed = decodeURIComponent(cookie)
  } catch {
    return undefined
  }
  const at = sealed.lastIndexOf('.')
  if (at < 1) return undefined
  const token = sealed.slice(0, at)
  const given = Buffer.from(sealed.slice(at + 1))
  for (const secret of secrets) {
    if (!secret) continue
    const right = Buffer.from(sign(token, secret))
    if (right.length === given.length && timingSafeEqual(right, given)) return token
  }
  return undefined
}
