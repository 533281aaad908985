import { sql } from 'kysely'
import { realClock } from '#platform/clock.ts'
import type { House } from '#platform/house.ts'
import type { Session } from '#platform/session.ts'
import { engineOf } from './engine.ts'
import { digitsOf, identifierOf } from './one-time.ts'

export interface Factors {
  /** An authenticator app that has given a right code once. */
  readonly app: boolean
  readonly passkeys: number
}

export async function factorsOf(house: House, accountId: string): Promise<Factors> {
  const found = await sql<Factors>`
    select exists (select 1 from second_factor where account_id = ${accountId} and verified) as app,
           (select count(*) from passkey where account_id = ${accountId}) as passkeys`.execute(
    house.database.pool,
  )
  return found.rows[0]!
}

/**
 * Whoever has a second factor must show it before adding another: otherwise somebody with only the mailbox could
 * make one up. The first one is set up at the first sign-in.
 */
export async function mayAddFactor(house: House, session: Session): Promise<boolean> {
  if (session.complete && !session.onlyIn) return true
  // A hospital's sign-in alone adds no way in: what somebody adds opens every network of theirs.
  if (session.elsewhere && session.provenAt === null) return false
  const { app, passkeys } = await factorsOf(house, session.accountId)
  return !app && passkeys === 0
}

/** Posts and chairs, until they showed a second proof of ours: a hospital's counts in its own network alone. */
export const needsOwnFactor = (session: Session): boolean =>
  session.isStaff && (!session.complete || session.onlyIn !== undefined)

/** A new secret for an app, which counts only after it has given a right code. Undefined when there is one. */
export async function startApp(house: House, session: Session): Promise<void> {
  const engine = await engineOf(house)
  await markEnabled(house, session)
  await engine.api.enableTwoFactor({ body: { method: 'totp' }, ...engine.as(session) })
}

/** better-auth asks for it, and would otherwise start a session of its own when an app is set up. */
async function markEnabled(house: House, session: Session): Promise<void> {
  await house.database.pool
    .updateTable('account')
    .set({ two_factor_enabled: true })
    .where('id', '=', session.accountId)
    .execute()
}

/** What the app reads from the picture: only while it is being set up. */
export async function appAddress(house: House, session: Session): Promise<string | undefined> {
  const waiting = await house.database.pool
    .selectFrom('second_factor')
    .select('id')
    .where('account_id', '=', session.accountId)
    .where('verified', '=', false)
    .executeTakeFirst()
  if (!waiting) return undefined
  const engine = await engineOf(house)
  return (await engine.api.getTOTPURI({ body: {}, ...engine.as(session) })).totpURI
}

export const secretIn = (address: string): string => new URL(address).searchParams.get('secret') ?? ''

/** A code of the app, taken once: somebody who saw it typed cannot use it again (ASVS 6.5.1). */
export async function appCodeIsRight(house: House, session: Session, typed: string): Promise<boolean> {
  const engine = await engineOf(house)
  const code = digitsOf(typed)
  const right = await engine.accepts(engine.api.verifyTOTP({ body: { code }, ...engine.as(session) }))
  if (!right) return false
  return await engine.internalAdapter.reserveVerificationValue({
    identifier: identifierOf('app-code', `${session.accountId} ${code}`),
    value: '',
    expiresAt: new Date(realClock.now().add({ minutes: 3 }).epochMilliseconds),
  })
}

/** Each of the ten works once, typed in any case, with or without the dash. */
export async function recoveryCodeIsRight(house: House, session: Session, typed: string): Promise<boolean> {
  const letters = typed.toLowerCase().replace(/[^a-z0-9]/g, '')
  const code = `${letters.slice(0, 5)}-${letters.slice(5)}`
  const engine = await engineOf(house)
  return await engine.accepts(
    engine.api.verifyBackupCode({ body: { code, disableSession: true }, ...engine.as(session) }),
  )
}

/** Ten new ones; the ones before end. */
export async function makeRecoveryCodes(house: House, session: Session): Promise<readonly string[]> {
  const engine = await engineOf(house)
  await markEnabled(house, session)
  const has = await house.database.pool
    .selectFrom('second_factor')
    .select('id')
    .where('account_id', '=', session.accountId)
    .executeTakeFirst()
  if (!has) {
    // Whoever has a passkey and no app: the codes stand in the same row, whose app is not set up.
    const made = await engine.api.enableTwoFactor({ body: { method: 'totp' }, ...engine.as(session) })
    return 'backupCodes' in made ? (made.backupCodes ?? []) : []
  }
  return (await engine.api.generateBackupCodes({ body: {}, ...engine.as(session) })).backupCodes
}

export async function recoveryCodesLeft(house: House, accountId: string): Promise<number> {
  const has = await house.database.pool
    .selectFrom('second_factor')
    .select('id')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  if (!has) return 0
  const engine = await engineOf(house)
  return (await engine.api.viewBackupCodes({ body: { userId: accountId } })).backupCodes.length
}

export async function removeApp(house: House, accountId: string): Promise<void> {
  await house.database.pool.deleteFrom('second_factor').where('account_id', '=', accountId).execute()
}
