import * as oidc from 'openid-client'
import type { Tried } from '#platform/connections.ts'
import type { House } from '#platform/house.ts'
import { canSay } from './claims.ts'
import { countsOf, type HospitalSettings } from './hospital-settings.ts'
import { elsewherePaths as paths } from './paths.ts'
import { backTo, providerOf, type Trouble, troubleOf } from './provider.ts'
import { fetchOf, StaysHere } from './reach.ts'

/** More than this and sign-ins fail (minutes). */
const mostMinutes = 2

/** Everything that can be seen without a person: the provider, its clock, its keys, and whether it knows us. */
export async function tryProvider(house: House, slug: string, settings: HospitalSettings): Promise<Tried> {
  const addresses = [
    `Give them these addresses. To come back to: ${backTo(house, slug)}`,
    `After signing out: ${house.publicUrl()}${paths.signedOut(slug)}. The same one takes “back-channel logout”.`,
  ]
  const wrong = (...words: string[]): Tried => ({ ok: false, words: [...words, ...addresses] })
  let clockOff = 0
  const listening: oidc.CustomFetch = async (url, options) => {
    const answer = await fetchOf(house)(url, options)
    const said = Date.parse(answer.headers.get('date') ?? '')
    if (!Number.isNaN(said)) clockOff = Math.round((said - Date.now()) / 60_000)
    return answer
  }
  let config: oidc.Configuration
  try {
    config = await providerOf(house, settings, { anew: true, fetch: listening })
  } catch (error) {
    return wrong(inWords(error, troubleOf(error)))
  }
  const server = config.serverMetadata()
  if (server.issuer.includes('{') || new URL(server.issuer).href !== new URL(settings.issuer).href) {
    return wrong(
      'The address is that of many tenants. Use the one with the number of your own tenant: with the other, anybody’s tenant could say who somebody is.',
    )
  }
  const methods = server.code_challenge_methods_supported
  if (methods && !methods.includes('S256')) {
    return wrong(
      'It does not take PKCE with S256, without which a stolen answer could be used. Ask them to switch it on.',
    )
  }
  if (Math.abs(clockOff) > mostMinutes) {
    const way = clockOff > 0 ? 'ahead of' : 'behind'
    return wrong(
      `Its clock is ${Math.abs(clockOff)} minutes ${way} ours. Sign-ins fail until one of them is put right.`,
    )
  }
  const { shape, assurance, domains } = countsOf(settings)
  if (!canSay(shape, assurance)) {
    return wrong(
      'This kind of sign-in cannot say whether papers were checked. Nobody could sign in. Choose less.',
    )
  }
  if (shape === 'entra' && domains.length === 0) {
    return wrong('Entra ID says whose an address is only for domains that you name. Enter at least one.')
  }
  const knows = await knowsUs(house, slug, config)
  if (knows) return wrong(knows)
  return {
    ok: true,
    words: [
      'It answers, its clock agrees with ours, and it knows this service.',
      ...(methods ? [] : ['It does not list PKCE. We use it all the same.']),
      ...(server.end_session_endpoint
        ? []
        : ['It has no way to sign out from here: people sign out there themselves.']),
      ...addresses,
    ],
  }
}

/** A code that nobody was given: whoever knows our id and secret says that it is the code that is wrong. */
async function knowsUs(house: House, slug: string, config: oidc.Configuration): Promise<string | undefined> {
  try {
    await oidc.genericGrantRequest(config, 'authorization_code', {
      code: 'a-test-and-no-code',
      redirect_uri: backTo(house, slug),
      code_verifier: oidc.randomPKCECodeVerifier(),
    })
    return undefined
  } catch (error) {
    const trouble = troubleOf(error)
    return trouble === 'over' ? undefined : inWords(error, trouble)
  }
}

function inWords(error: unknown, trouble: Trouble): string {
  const code = error instanceof oidc.ClientError ? error.code : undefined
  const cause = error instanceof oidc.ClientError ? error.cause : error
  if (cause instanceof StaysHere) return cause.message
  if (code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED') {
    return 'It calls itself by another address than the one you entered. Copy the issuer exactly, with every letter.'
  }
  if (code === 'OAUTH_HTTP_REQUEST_FORBIDDEN') return 'The address must begin with https://'
  switch (trouble) {
    case 'not-known-there':
      return 'It does not take the client id and the secret. Ask for both again, and look whether the secret has run out.'
    case 'clock':
      return 'Its clock and ours differ. Ask them to look at theirs.'
    case 'key':
      return 'Its signature does not fit the keys that it shows.'
    case 'down':
      return 'We cannot reach it. Look at the address, and ask them whether it can be reached from outside.'
    default:
      return 'It answers, but not as a sign-in does. Look at the address: they call it the issuer.'
  }
}
