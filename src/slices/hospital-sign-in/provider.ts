import { type JsonWebKey, webcrypto } from 'node:crypto'
import * as oidc from 'openid-client'
import { isHere } from '#platform/connections.ts'
import type { House } from '#platform/house.ts'
import { asks, type Claims } from './claims.ts'
import { countsOf, type HospitalSettings, keyIn } from './hospital-settings.ts'
import { elsewherePaths as paths } from './paths.ts'
import type { Pending } from './pending.ts'
import { fetchOf, patienceSeconds, Unreachable } from './reach.ts'

/** What a provider said, all of it proven: signature, issuer, audience, times, state, nonce and verifier. */
export interface Said {
  readonly issuer: string
  readonly subject: string
  /** Its own name for the session there. */
  readonly sid: string | undefined
  readonly claims: Claims
  readonly tokens: Tokens
}

export interface Tokens {
  readonly idToken: string
  readonly refreshToken?: string | undefined
}

export type Trouble =
  /** Nobody reached it, or it is broken. */
  | 'down'
  /** The person said no, or went back. */
  | 'cancelled'
  /** It wants the person to do something before it says more. */
  | 'ask-them'
  /** Its clock and ours differ. */
  | 'clock'
  /** Its signature is by a key that it does not show. */
  | 'key'
  /** It is not the one that was set up, or it spoke of somebody or something else. */
  | 'not-for-us'
  /** It does not take our id or secret. */
  | 'not-known-there'
  /** The code or token was used, or it has ended. */
  | 'over'

/** A clock that is off by less is a clock (seconds). */
const tolerance = 120
const metadataLasts = 10 * 60_000
const known = new Map<string, { readonly at: number; readonly metadata: oidc.ServerMetadata }>()

/**
 * What the provider says of itself, asked for at most every ten minutes. Its keys are asked for anew with every
 * sign-in, since it may change them at any time.
 */
export async function providerOf(
  house: House,
  settings: HospitalSettings,
  how: { anew?: boolean; fetch?: oidc.CustomFetch } = {},
): Promise<oidc.Configuration> {
  const issuer = new URL(settings.issuer)
  const fetch = how.fetch ?? fetchOf(house)
  const insecure = house.mode !== 'production' && isHere(issuer.hostname)
  const metadata = { [oidc.clockTolerance]: tolerance }
  const auth = await authOf(settings.secret)
  const key = `${settings.issuer} ${settings.client}`
  const before = known.get(key)
  if (!how.anew && before && Date.now() - before.at < metadataLasts) {
    const config = new oidc.Configuration(before.metadata, settings.client, metadata, auth)
    config.timeout = patienceSeconds
    config[oidc.customFetch] = fetch
    oidc.enableNonRepudiationChecks(config)
    if (insecure) oidc.allowInsecureRequests(config)
    return config
  }
  const config = await oidc.discovery(issuer, settings.client, metadata, auth, {
    timeout: patienceSeconds,
    [oidc.customFetch]: fetch,
    execute: [oidc.enableNonRepudiationChecks, ...(insecure ? [oidc.allowInsecureRequests] : [])],
  })
  known.set(key, { at: Date.now(), metadata: { ...config.serverMetadata() } })
  return config
}

/** A secret that both know, or a private key of ours. */
async function authOf(secret: string): Promise<oidc.ClientAuth> {
  const ours = keyIn(secret)
  if (!ours) {
    const [post, basic] = [oidc.ClientSecretPost(secret), oidc.ClientSecretBasic(secret)]
    return (server, ...rest) => {
      const takesPost = server.token_endpoint_auth_methods_supported?.includes('client_secret_post')
      return (takesPost ? post : basic)(server, ...rest)
    }
  }
  const { key, kid, alg } = ours
  const curve = key.asymmetricKeyDetails?.namedCurve
  // NHS login and CIS2 ask for SHA-512 with RSA.
  const algorithm =
    key.asymmetricKeyType === 'ec'
      ? { name: 'ECDSA', namedCurve: curve === 'secp384r1' ? 'P-384' : 'P-256' }
      : { name: 'RSASSA-PKCS1-v1_5', hash: alg === 'RS256' ? 'SHA-256' : 'SHA-512' }
  const der = new Uint8Array(key.export({ type: 'pkcs8', format: 'der' }))
  const usable = await webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign'])
  return oidc.PrivateKeyJwt(kid ? { key: usable, kid } : usable)
}

export const backTo = (house: House, slug: string): string => house.publicUrl() + paths.back(slug)

/** A sign-in that begins here: where the browser goes, and what it has to bring back. */
export async function begin(
  house: House,
  slug: string,
  settings: HospitalSettings,
  wish: { to: string; again: boolean },
): Promise<{ readonly url: URL; readonly pending: Pending }> {
  // Nobody is sent away to be asked again by somebody who does not answer.
  const config = await providerOf(house, settings, { anew: wish.again })
  const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()]
  const scopes = config.serverMetadata().scopes_supported ?? []
  const scope = ['openid', 'email', 'profile', 'offline_access'].filter(
    each => each !== 'offline_access' || scopes.includes(each),
  )
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: backTo(house, slug),
    scope: scope.join(' '),
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(wish.again ? { prompt: 'none' } : {}),
    ...asks(countsOf(settings)),
  })
  return { url, pending: { network: slug, state, nonce, verifier, ...wish, at: Date.now() } }
}

/** What came back. Throws what `troubleOf` puts in words. */
export async function finish(
  house: House,
  slug: string,
  settings: HospitalSettings,
  query: string,
  pending: Pending,
): Promise<Said> {
  const config = await providerOf(house, settings)
  const tokens = await oidc.authorizationCodeGrant(config, new URL(backTo(house, slug) + query), {
    expectedState: pending.state,
    expectedNonce: pending.nonce,
    pkceCodeVerifier: pending.verifier,
    idTokenExpected: true,
  })
  const said = readTokens(tokens, config)
  // An address stands in the ID token or behind another door; what is signed counts first.
  const more =
    said.claims.email === undefined && config.serverMetadata().userinfo_endpoint
      ? await oidc.fetchUserInfo(config, tokens.access_token, said.subject)
      : {}
  return { ...said, claims: { ...more, ...said.claims } }
}

/** Asks whether somebody is still there, without them. */
export async function askAgain(
  house: House,
  settings: HospitalSettings,
  refreshToken: string,
): Promise<{ readonly subject: string | undefined; readonly tokens: Partial<Tokens> }> {
  const config = await providerOf(house, settings)
  const tokens = await oidc.refreshTokenGrant(config, refreshToken)
  return {
    subject: tokens.claims()?.sub,
    tokens: {
      ...(tokens.id_token ? { idToken: tokens.id_token } : {}),
      refreshToken: tokens.refresh_token ?? refreshToken,
    },
  }
}

function readTokens(
  tokens: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers,
  config: oidc.Configuration,
): Said {
  const claims = tokens.claims()
  if (!claims || !tokens.id_token) throw new ClockOrNothing('not-for-us')
  // The library asks whether it has ended; a clock that goes before ours would pass.
  if (Math.abs(claims.iat - Date.now() / 1000) > tolerance) throw new ClockOrNothing('clock')
  return {
    issuer: config.serverMetadata().issuer,
    subject: claims.sub,
    sid: typeof claims.sid === 'string' ? claims.sid : undefined,
    claims: claims as Claims,
    tokens: { idToken: tokens.id_token, refreshToken: tokens.refresh_token },
  }
}

class ClockOrNothing extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble)
  }
}

/** The keys that it shows now, for what it says without being asked. */
export async function keysOf(
  house: House,
  settings: HospitalSettings,
): Promise<{ readonly issuer: string; readonly keys: readonly (JsonWebKey & { kid?: string })[] }> {
  const config = await providerOf(house, settings)
  const { issuer, jwks_uri } = config.serverMetadata()
  if (!jwks_uri) throw new Unreachable('it shows no keys')
  const answer = await fetchOf(house)(jwks_uri, {
    method: 'GET',
    body: undefined,
    headers: { accept: 'application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(patienceSeconds * 1000),
  })
  const shown: unknown = answer.ok ? await answer.json().catch(() => undefined) : undefined
  const keys = (shown as { keys?: unknown } | undefined)?.keys
  if (!Array.isArray(keys)) throw new Unreachable('it shows no keys')
  return { issuer, keys }
}

/** The address that signs out there, too; undefined when the provider has none. */
export async function endThere(
  house: House,
  slug: string,
  settings: HospitalSettings,
  idToken: string | undefined,
): Promise<URL | undefined> {
  const config = await providerOf(house, settings)
  if (!config.serverMetadata().end_session_endpoint) return undefined
  return oidc.buildEndSessionUrl(config, {
    post_logout_redirect_uri: house.publicUrl() + paths.signedOut(slug),
    ...(idToken ? { id_token_hint: idToken } : {}),
  })
}

const cancelled = ['access_denied', 'user_cancelled', 'consent_required']
const asksThem = ['login_required', 'interaction_required', 'account_selection_required']

/** What went wrong, from whatever was thrown; what is broken here is thrown on. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof ClockOrNothing) return error.trouble
  if (error instanceof Unreachable) return 'down'
  if (error instanceof oidc.AuthorizationResponseError) {
    if (asksThem.includes(error.error)) return 'ask-them'
    return cancelled.includes(error.error) ? 'cancelled' : 'not-for-us'
  }
  if (error instanceof oidc.ResponseBodyError) {
    if (error.status >= 500) return 'down'
    return ['invalid_client', 'unauthorized_client'].includes(error.error) ? 'not-known-there' : 'over'
  }
  if (error instanceof oidc.WWWAuthenticateChallengeError) {
    return error.status === 401 ? 'not-known-there' : 'not-for-us'
  }
  if (error instanceof oidc.ClientError) return byCode(error)
  // What `fetch` throws when nobody answers.
  if (error instanceof TypeError && /fetch failed/.test(error.message)) return 'down'
  if (networkCodes.test(String((error as NodeJS.ErrnoException | undefined)?.code))) return 'down'
  throw error
}

const networkCodes = /^(E[A-Z]+|CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/

function byCode(error: oidc.ClientError): Trouble {
  switch (error.code) {
    case 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED':
      return 'clock'
    case 'OAUTH_KEY_SELECTION_FAILED':
      return 'key'
    case 'OAUTH_TIMEOUT':
    case 'OAUTH_ABORT':
    case 'OAUTH_RESPONSE_IS_NOT_CONFORM':
    case 'OAUTH_RESPONSE_IS_NOT_JSON':
    case 'OAUTH_PARSE_ERROR':
      return 'down'
    case 'OAUTH_INVALID_RESPONSE':
      return /signature/i.test(String((error.cause as Error | undefined)?.message)) ? 'key' : 'not-for-us'
    default:
      return error.code ? 'not-for-us' : 'down'
  }
}
