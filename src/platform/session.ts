import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { type Clock, realClock } from './clock.ts'
import type { Instant, Pool } from './database/tables.ts'
import { openToken, readCookie, sealToken } from './session-cookie.ts'

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
  /** When they last gave a proof that we took ourselves; null: only their hospital's sign-in says who they are. */
  readonly provenAt: Instant | null
  /** Begun at a hospital's sign-in: the network that is connected with it. */
  readonly elsewhere?: { readonly network: string; readonly linkId: string }
  /** What a hospital vouches for opens its own network alone, until they also gave a proof of ours. */
  readonly onlyIn?: string
}

export type Visitor =
  | { readonly is: 'signed-in'; readonly session: Session }
  /** The cookie is ours, but its session is over: what was being written is kept. */
  | { readonly is: 'ended'; readonly cookie: string }
  /** The hospital has to say again that they are still there, before anything opens. */
  | { readonly is: 'to-check'; readonly cookie: string; readonly network: string }
  | { readonly is: 'visitor' }

/** R63 and HOUSE-8, in minutes. */
export const sessionLengths = {
  staffTotal: 12 * 60,
  staffIdle: 30,
  volunteerTotal: 30 * 24 * 60,
  /** Whoever left their hospital is out within the hour (REACH-9). */
  elsewhereChecked: 60,
  /** Before concerns, data rights and ballots: how long a proof of ours counts. */
  fresh: 60,
}

/** Whether they showed us themselves, not long ago, that it is them. */
export function isFresh(session: Session): boolean {
  const since = session.provenAt && realClock.now().epochMilliseconds - session.provenAt.epochMilliseconds
  return since !== null && since < sessionLengths.fresh * 60_000
}

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
  'loop-elsewhere',
  'loop-device',
  'loop-language',
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
    facts: {
      secondFactor: boolean
      userAgent?: string | undefined
      address?: string | undefined
      /** False when nobody but their hospital says who they are. */
      proven?: boolean
      elsewhere?: Elsewhere | undefined
      /** The session before, which goes on with one more proof: what a hospital said of it stays. */
      goesOn?: string | undefined
    },
  ): Promise<string>
  /** One more proof, for the same session: what was typed in another window of it can still be sent. */
  proven(sessionId: string, how?: { secondFactor: boolean }): Promise<void>
  /** The session behind a cookie whose hospital has to say again that this person is still there. */
  toCheck(
    cookieHeader: string | undefined,
  ): Promise<{ readonly id: string; readonly linkId: string } | undefined>
  end(sessionId: string): Promise<void>
  /** Everywhere at once: asked for by the person, or because they left (R63). @param except this device stays */
  endAll(accountId: string, except?: string): Promise<void>
  /** Where this account is signed in, last used first. */
  list(session: Session): Promise<readonly Device[]>
  /** A small cookie of ours beside the session's: the same protection, and a name that tells what it is for. */
  cookie(name: SmallCookieName, path?: string): SmallCookie
  /** The Set-Cookie header that forgets. */
  readonly forget: string
  /** The clock that sessions run by. */
  now(): Instant
}

/** What a hospital's sign-in said. */
export interface Elsewhere {
  readonly linkId: string
  /** The provider's own name for the session there. */
  readonly sid?: string | undefined
  /** Its tokens, shut. */
  readonly tokens: string
  /** It asked for two factors, and this network lets that count as the second proof. */
  readonly factor: boolean
}

export interface Device {
  readonly id: string
  readonly userAgent: string | null
  readonly seenAt: Instant
  readonly startedAt: Instant
  readonly isThis: boolean
}

export interface SmallCookie {
  readonly name: string
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
  proven_at: Instant | null
  created_at: Instant
  seen_at: Instant
  expires_at: Instant
  elsewhere: string | null
  elsewhere_id: string | null
  elsewhere_factor: boolean
  elsewhere_checked_at: Instant | null
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
  const tokenIn = (cookieHeader: string | undefined) => {
    const cookie = readCookie(cookieHeader, cookieName)
    return cookie && openToken(cookie, [options.secret, options.secretBefore])
  }
  const find = async (token: string) =>
    (await sql<Found>`select * from open_session(${token}, ${clock.today()})`.execute(pool)).rows[0]
  return {
    cookieName,
    async read(cookieHeader) {
      const token = tokenIn(cookieHeader)
      if (!token) return { is: 'visitor' }
      const now = clock.now()
      const found = await find(token)
      // Whoever left the last network is signed out with the next click (R63).
      if (!found || found.networks.length === 0 || !stillRuns(found, now))
        return { is: 'ended', cookie: token }
      const { elsewhere } = found
      if (elsewhere) {
        if (!found.networks.some(each => each.slug === elsewhere)) return { is: 'ended', cookie: token }
        if (isToCheck(found, now)) return { is: 'to-check', cookie: token, network: elsewhere }
      }
      // Once a minute is enough to know who is idle, and keeps reading a page a reading.
      if (now.epochMilliseconds - found.seen_at.epochMilliseconds > 60_000) {
        await pool.updateTable('session').set({ seen_at: now }).where('id', '=', found.id).execute()
      }
      const ours = found.proven_at !== null && (!found.is_staff || found.second_factor_at !== null)
      const complete = !found.is_staff || found.second_factor_at !== null || found.elsewhere_factor
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
          provenAt: found.proven_at,
          ...(elsewhere ? { elsewhere: { network: elsewhere, linkId: found.elsewhere_id! } } : {}),
          ...(elsewhere && !ours ? { onlyIn: elsewhere } : {}),
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
          // Real time, as codes have it: in a demonstration whose clock is moved on a proof stays as fresh as it is.
          proven_at: facts.proven === false ? null : realClock.now(),
          elsewhere_id: facts.elsewhere?.linkId ?? null,
          elsewhere_sid: facts.elsewhere?.sid ?? null,
          elsewhere_tokens: facts.elsewhere?.tokens ?? null,
          elsewhere_factor: facts.elsewhere?.factor ?? false,
          elsewhere_checked_at: facts.elsewhere ? now : null,
          elsewhere_tried_at: null,
          seen_at: now,
          created_at: now,
          updated_at: now,
        })
        .execute()
      if (facts.goesOn) {
        await sql`update session s set elsewhere_id = b.elsewhere_id, elsewhere_sid = b.elsewhere_sid,
            elsewhere_tokens = b.elsewhere_tokens, elsewhere_factor = b.elsewhere_factor,
            elsewhere_checked_at = b.elsewhere_checked_at
          from session b where s.token = ${token} and b.id = ${facts.goesOn} and b.account_id = s.account_id`.execute(
          pool,
        )
      }
      const maxAge = sessionLengths.volunteerTotal * 60
      return `${cookieName}=${sealToken(token, options.secret)}; ${attributes}; Max-Age=${maxAge}`
    },
    async proven(sessionId, how) {
      const factor = how?.secondFactor ? { second_factor_at: clock.now() } : {}
      const proven = { proven_at: realClock.now(), ...factor }
      await pool.updateTable('session').set(proven).where('id', '=', sessionId).execute()
    },
    async toCheck(cookieHeader) {
      const token = tokenIn(cookieHeader)
      const found = token ? await find(token) : undefined
      const now = clock.now()
      return found?.elsewhere_id && isToCheck(found, now) && stillRuns(found, now)
        ? { id: found.id, linkId: found.elsewhere_id }
        : undefined
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
        name: full,
        read: request => readCookie(request.headers.get('cookie') ?? undefined, full),
        set: (value, seconds) => `${full}=${value}; ${rest}; Max-Age=${seconds}`,
        forget: `${full}=; ${rest}; Max-Age=0`,
      }
    },
    forget: `${cookieName}=; ${attributes}; Max-Age=0`,
    now: clock.now,
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

function isToCheck(session: Pick<Found, 'elsewhere_checked_at'>, now: Instant): boolean {
  const checked = session.elsewhere_checked_at?.epochMilliseconds ?? 0
  return now.epochMilliseconds - checked >= sessionLengths.elsewhereChecked * 60_000
}
