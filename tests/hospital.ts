import { generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { afterAll } from 'vitest'
import type { NoScriptPerson, SeenPage } from './person.ts'

/** Somebody whom the hospital's sign-in knows. */
export interface Member {
  readonly sub: string
  readonly claims?: Readonly<Record<string, unknown>>
  readonly acr?: string
  readonly amr?: readonly string[]
}

/** A real OpenID Connect provider on 127.0.0.1, with the faults that real ones have. */
export interface Hospital {
  readonly issuer: string
  readonly client: string
  readonly secret: string
  /** Who sits before the browser there; undefined presses "Cancel". */
  now: Member | undefined
  /** Whoever has left is known no more. */
  leaves(sub: string): void
  comesBack(member: Member): void
  /** How far its clock is ahead of the true one, in minutes. */
  clockAhead: number
  gives: { refreshTokens: boolean }
  /** Nobody can reach it. */
  isDown: boolean
  /** Another key from now on; the old one is shown no more. */
  rotatesKey(): void
  /** What it signs in place of what it should, with its own key or with one that is nobody's. */
  says: ((claims: Record<string, unknown>) => Record<string, unknown>) | undefined
  signsWithStrangeKey: boolean
  /** The browser of this person goes there and comes back as far as our side. */
  passes(person: NoScriptPerson, location: string): Promise<string>
  /** From our page to the provider and back to a page of ours. */
  through(person: NoScriptPerson, start: string): Promise<SeenPage>
  /** Who is signed in there in this person's browser is so no more. */
  forgets(person: NoScriptPerson): void
}

const ours = 'http://loop.test'

export async function openHospital(wish: {
  readonly slug: string
  readonly backchannel?: string
  readonly pkce?: readonly string[]
  /** It knows us by a key of ours instead of a secret. */
  readonly knowsKey?: JsonWebKey
}): Promise<Hospital> {
  const [client, secret] = ['closing-the-loop', 'a-secret-that-both-know-0123456789']
  const members = new Map<string, Member>()
  const jars = new WeakMap<NoScriptPerson, Map<string, string>>()
  let handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  const server = createServer((request, response) => {
    handler(request, response).catch(error => {
      response.statusCode = 500
      response.end(String(error))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  afterAll(() => new Promise<void>(resolve => void server.close(() => resolve())))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let key = newKey()
  const stranger = newKey()
  let provider = open()
  const hospital: Hospital = {
    issuer,
    client,
    secret,
    now: undefined,
    leaves: sub => void members.delete(sub),
    comesBack: member => void members.set(member.sub, member),
    clockAhead: 0,
    gives: { refreshTokens: false },
    isDown: false,
    rotatesKey() {
      key = newKey()
      provider = open()
    },
    says: undefined,
    signsWithStrangeKey: false,
    async passes(person, location) {
      const jar = jars.get(person) ?? new Map<string, string>()
      jars.set(person, jar)
      let at = location
      for (let hops = 0; hops < 12; hops++) {
        if (at.startsWith(ours)) return at.slice(ours.length)
        const answer = await fetch(at, {
          redirect: 'manual',
          headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
        })
        for (const cookie of answer.headers.getSetCookie()) {
          const [pair = ''] = cookie.split(';')
          const cut = pair.indexOf('=')
          if (/expires=Thu, 01 Jan 1970/i.test(cookie)) jar.delete(pair.slice(0, cut))
          else jar.set(pair.slice(0, cut), pair.slice(cut + 1))
        }
        const next = answer.headers.get('location')
        if (!next) {
          // Its page that asks whether to sign out there.
          const page = await answer.text()
          const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1]
          const action = /action="([^"]+)"/.exec(page)?.[1]
          if (!xsrf || !action) throw new Error(`${answer.status} at ${at}: ${page.slice(0, 300)}`)
          const done = await fetch(action, {
            method: 'POST',
            redirect: 'manual',
            body: new URLSearchParams({ xsrf, logout: 'yes' }),
            headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
          })
          jar.clear()
          at = new URL(done.headers.get('location') ?? '/', at).href
          continue
        }
        at = new URL(next, at).href
      }
      throw new Error('the hospital sends the browser round and round')
    },
    async through(person, start) {
      const out = await person.opens(start)
      const location = out.headers.get('location')
      if (out.status !== 302 || !location) throw new Error(`${start}: ${out.status} ${out.h1} ${out.text}`)
      return await person.opens(await hospital.passes(person, location))
    },
    forgets: person => void jars.delete(person),
  }
  handler = async (request, response) => {
    if (hospital.isDown) return void request.socket.destroy()
    await atItsTime(response, async () => {
      if (request.url?.startsWith('/interaction/')) return await interact(request, response)
      if (request.url?.startsWith('/token')) tamper(response)
      if (wish.pkce && request.url?.startsWith('/.well-known')) saysOfItself(response)
      await provider.callback()(request, response)
    })
  }
  return hospital

  function open(): Provider {
    const made = new Provider(issuer, {
      clients: [
        {
          client_id: client,
          ...(wish.knowsKey
            ? { jwks: { keys: [wish.knowsKey] }, token_endpoint_auth_signing_alg: 'RS512' }
            : { client_secret: secret }),
          redirect_uris: [`${ours}/${wish.slug}/sign-in/elsewhere/back`],
          post_logout_redirect_uris: [`${ours}/${wish.slug}/sign-in/elsewhere/signed-out`],
          grant_types: ['authorization_code', 'refresh_token'],
          token_endpoint_auth_method: wish.knowsKey ? 'private_key_jwt' : 'client_secret_post',
          ...(wish.backchannel
            ? { backchannel_logout_uri: wish.backchannel, backchannel_logout_session_required: true }
            : {}),
        },
      ],
      findAccount: (_: unknown, sub: string) => {
        const member = members.get(sub)
        return member && { accountId: sub, claims: () => ({ sub, ...member.claims }) }
      },
      claims: {
        openid: [
          'sub',
          'sid',
          'acr',
          'amr',
          'auth_time',
          'xms_edov',
          'preferred_username',
          'vot',
          'identity_proofing_level',
          'authentication_assurance_level',
          'id_assurance_level',
        ],
        email: ['email', 'email_verified'],
        profile: ['name'],
      },
      acrValues: ['AAL2_OR_AAL3_ANY', 'https://refeds.org/profile/mfa'],
      scopes: ['openid', 'email', 'profile', 'offline_access'],
      features: {
        devInteractions: { enabled: false },
        rpInitiatedLogout: { enabled: true },
        backchannelLogout: { enabled: true },
      },
      interactions: { url: (_: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
      issueRefreshToken: async () => hospital.gives.refreshTokens,
      rotateRefreshToken: true,
      // It calls back to this machine, which it would not otherwise.
      fetch: (url: string, options: RequestInit & { dispatcher?: unknown }) => {
        const { dispatcher: _, ...rest } = options
        return fetch(url, rest)
      },
      enabledJWA: { clientAuthSigningAlgValues: ['RS256', 'RS512'] },
      pkce: { required: () => true },
      cookies: { keys: ['a key of the tests'] },
      jwks: { keys: [{ ...key.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: kidOf(key) }] },
    })
    return made
  }

  async function interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { params } = await provider.interactionDetails(request, response)
    const member = hospital.now
    let result: object = { error: 'access_denied', error_description: 'They went back' }
    if (member) {
      members.set(member.sub, member)
      const grant = new provider.Grant({ accountId: member.sub, clientId: params.client_id ?? '' })
      grant.addOIDCScope('openid email profile offline_access')
      result = {
        login: { accountId: member.sub, acr: member.acr, amr: member.amr },
        consent: { grantId: await grant.save() },
      }
    }
    const to = await provider.interactionResult(request, response, result)
    response.writeHead(303, { location: to }).end()
  }

  /** Its own clock, until it has answered. */
  async function atItsTime(response: ServerResponse, work: () => Promise<void>): Promise<void> {
    const ahead = hospital.clockAhead * 60_000
    if (ahead === 0) return await work()
    const real = Date.now
    Date.now = () => real() + ahead
    const back = () => {
      Date.now = real
    }
    response.setHeader('date', new Date(real() + ahead).toUTCString())
    const end = response.end
    response.end = ((...given: Parameters<typeof end>) => {
      back()
      return end.apply(response, given)
    }) as typeof end
    await work().finally(back)
  }

  /** An older one, which takes no other PKCE. */
  function saysOfItself(response: ServerResponse): void {
    const end = response.end
    response.end = ((body: unknown) => {
      const said = JSON.stringify({
        ...JSON.parse(String(body)),
        code_challenge_methods_supported: wish.pkce,
      })
      response.setHeader('content-length', Buffer.byteLength(said))
      return end.call(response, said, 'utf8')
    }) as typeof end
  }

  /** What stands in the ID token is changed, and signed again. */
  function tamper(response: ServerResponse): void {
    if (!hospital.says && !hospital.signsWithStrangeKey) return
    const end = response.end
    response.end = ((body: unknown) => {
      const given = JSON.parse(String(body)) as { id_token?: string }
      if (!given.id_token) return end.call(response, String(body), 'utf8')
      const [head = '', claims = ''] = given.id_token.split('.')
      const said = JSON.parse(Buffer.from(claims, 'base64url').toString())
      const changed = JSON.stringify({ ...given, id_token: signed(head, hospital.says?.(said) ?? said) })
      response.setHeader('content-length', Buffer.byteLength(changed))
      return end.call(response, changed, 'utf8')
    }) as typeof end
  }

  function signed(head: string, claims: object): string {
    const text = `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
    const by = hospital.signsWithStrangeKey ? stranger : key
    return `${text}.${sign('sha256', Buffer.from(text), by).toString('base64url')}`
  }
}

const newKey = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const kidOf = (key: KeyObject): string => String(key.export({ format: 'jwk' }).n).slice(0, 12)
