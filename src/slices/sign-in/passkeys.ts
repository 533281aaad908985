import { randomUUID } from 'node:crypto'
import { isIP } from 'node:net'
import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransportFuture,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { realClock } from '#platform/clock.ts'
import type { House } from '#platform/house.ts'
import type { Call } from '#platform/http/route.ts'
import type { Session } from '#platform/session.ts'
import { identifierOf, newSecret, take, waiting } from './one-time.ts'

// Straight on @simplewebauthn/server, as better-auth's own passkey plugin is: that plugin is a release behind
// better-auth 1.7.25 and cannot be installed with it, and it takes a passkey without asking its owner for a PIN or
// a finger, which would not be two factors.

interface Question {
  readonly challenge: string
  /** Whose: of one who signs in it is not known yet. */
  readonly accountId: string | null
}

/** A question for the browser, and the secret that says in which browser it was asked. */
export interface Asked<Options> {
  readonly question: Options
  readonly secret: string
}

interface Place {
  readonly rpID: string
  readonly origin: string
}

/** A passkey belongs to a name; the demo answers at whatever address it was called by. */
export function placeOf(house: House, call: Call): Place | undefined {
  const here = house.mode === 'production' ? new URL(house.publicUrl()) : call.url
  return isIP(here.hostname.replace(/^\[|\]$/g, ''))
    ? undefined
    : { rpID: here.hostname, origin: here.origin }
}

export async function passkeysOf(house: House, accountId: string) {
  return await house.database.pool
    .selectFrom('passkey')
    .select(['id', 'name', 'credential_id', 'transports', 'created_at', 'used_at'])
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .execute()
}

export async function askToMake(house: House, place: Place, session: Session) {
  const account = await house.database.pool
    .selectFrom('account')
    .select(['email', 'name'])
    .where('id', '=', session.accountId)
    .executeTakeFirstOrThrow()
  const question = await generateRegistrationOptions({
    rpName: 'Closing the Loop',
    rpID: place.rpID,
    userID: new TextEncoder().encode(session.accountId),
    userName: account.email,
    userDisplayName: account.name,
    attestationType: 'none',
    excludeCredentials: (await passkeysOf(house, session.accountId)).map(known),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return { question, secret: await keep(house, question.challenge, session.accountId) }
}

/** @returns false when the answer does not belong to the question asked in this browser */
export async function keepPasskey(
  house: House,
  place: Place,
  session: Session,
  given: { secret: string | undefined; answer: string | undefined; name: string },
): Promise<boolean> {
  const asked = await taken(house, given.secret)
  const response = readAnswer<RegistrationResponseJSON>(given.answer)
  if (!asked || !response || asked.accountId !== session.accountId) return false
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge: asked.challenge,
    expectedOrigin: place.origin,
    expectedRPID: place.rpID,
    requireUserVerification: true,
  }).catch(() => ({ verified: false as const, registrationInfo: undefined }))
  if (!verified || !registrationInfo) return false
  const { credential } = registrationInfo
  const written = await house.database.pool
    .insertInto('passkey')
    .values({
      id: randomUUID(),
      name: given.name,
      account_id: session.accountId,
      credential_id: credential.id,
      public_key: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      device_type: registrationInfo.credentialDeviceType,
      backed_up: registrationInfo.credentialBackedUp,
      transports: credential.transports?.join(',') ?? null,
      aaguid: registrationInfo.aaguid,
      created_at: realClock.now(),
      used_at: null,
    })
    .onConflict(on => on.column('credential_id').doNothing())
    .executeTakeFirst()
  return Number(written.numInsertedOrUpdatedRows ?? 0) === 1
}

/** @param session whose second factor it is to be; without, any passkey of ours */
export async function askToUse(house: House, place: Place, session: Session | undefined) {
  const question = await generateAuthenticationOptions({
    rpID: place.rpID,
    userVerification: 'required',
    allowCredentials: session ? (await passkeysOf(house, session.accountId)).map(known) : [],
  })
  return { question, secret: await keep(house, question.challenge, session?.accountId ?? null) }
}

/** @returns the account whose passkey answered */
export async function accountOfPasskey(
  house: House,
  place: Place,
  session: Session | undefined,
  given: { secret: string | undefined; answer: string | undefined },
): Promise<string | undefined> {
  const asked = await taken(house, given.secret)
  const response = readAnswer<AuthenticationResponseJSON>(given.answer)
  if (!asked || !response || asked.accountId !== (session?.accountId ?? null)) return undefined
  const { pool } = house.database
  const passkey = await pool
    .selectFrom('passkey')
    .selectAll()
    .where('credential_id', '=', String(response.id))
    .executeTakeFirst()
  if (!passkey || (session && passkey.account_id !== session.accountId)) return undefined
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: asked.challenge,
    expectedOrigin: place.origin,
    expectedRPID: place.rpID,
    credential: {
      id: passkey.credential_id,
      publicKey: new Uint8Array(Buffer.from(passkey.public_key, 'base64url')),
      counter: passkey.counter,
      transports: transportsOf(passkey),
    },
    requireUserVerification: true,
  }).catch(() => ({ verified: false as const, authenticationInfo: undefined }))
  if (!verified || !authenticationInfo) return undefined
  await pool
    .updateTable('passkey')
    .set({ counter: authenticationInfo.newCounter, used_at: realClock.now() })
    .where('id', '=', passkey.id)
    .execute()
  return passkey.account_id
}

async function keep(house: House, challenge: string, accountId: string | null): Promise<string> {
  const secret = newSecret()
  const row = waiting(identifierOf('passkey', secret), { challenge, accountId } satisfies Question)
  await house.database.pool.insertInto('verification').values(row).execute()
  return secret
}

async function taken(house: House, secret: string | undefined): Promise<Question | undefined> {
  return secret ? await take<Question>(house, identifierOf('passkey', secret)) : undefined
}

function readAnswer<Response>(text: string | undefined): Response | undefined {
  try {
    const read: unknown = JSON.parse(text ?? '')
    return read && typeof read === 'object' ? (read as Response) : undefined
  } catch {
    return undefined
  }
}

const transportsOf = (passkey: { transports: string | null }) =>
  (passkey.transports?.split(',') ?? []) as AuthenticatorTransportFuture[]

const known = (passkey: { credential_id: string; transports: string | null }) => ({
  id: passkey.credential_id,
  transports: transportsOf(passkey),
})
