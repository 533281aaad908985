import { constants, createPublicKey, type JsonWebKey, verify } from 'node:crypto'

/** What a provider sends when somebody signed out there, or was signed out (OpenID Connect Back-Channel Logout 1.0). */
export interface SignedOutThere {
  readonly subject: string | undefined
  readonly sid: string | undefined
  /** Its own number, so that it counts once. */
  readonly id: string
}

type Key = JsonWebKey & { readonly kid?: string; readonly use?: string; readonly alg?: string }

const event = 'http://schemas.openid.net/event/backchannel-logout'
const tolerance = 120
const oldest = 10 * 60

/**
 * Reads a logout token. Signature, issuer, audience, age and what it is for are all proven; a token for signing in
 * (which has a nonce) is none for signing out.
 * @returns undefined when anything does not fit
 */
export function readLogoutToken(
  token: string,
  given: {
    readonly keys: readonly Key[]
    readonly issuer: string
    readonly client: string
    readonly now: number
  },
): SignedOutThere | undefined {
  const [head, body, signature, ...more] = token.split('.')
  if (!head || !body || !signature || more.length > 0) return undefined
  const [header, claims] = [jsonOf(head), jsonOf(body)]
  if (!header || !claims) return undefined
  if (header.crit !== undefined || !isSigned(header, given.keys, `${head}.${body}`, signature))
    return undefined
  if (header.typ !== undefined && !/^(application\/)?(logout\+)?jwt$/i.test(String(header.typ)))
    return undefined
  const audience = Array.isArray(claims.aud) ? claims.aud : [claims.aud]
  const { iat, exp, events } = claims
  if (claims.iss !== given.issuer || !audience.includes(given.client) || claims.nonce !== undefined)
    return undefined
  if (typeof iat !== 'number' || iat > given.now + tolerance || iat < given.now - oldest) return undefined
  if (exp !== undefined && (typeof exp !== 'number' || exp < given.now - tolerance)) return undefined
  if (typeof events !== 'object' || events === null || !(event in events)) return undefined
  const [subject, sid, id] = [textOf(claims.sub), textOf(claims.sid), textOf(claims.jti)]
  return (subject || sid) && id ? { subject, sid, id } : undefined
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= 500 ? value : undefined

function jsonOf(part: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** Signatures with the provider's own key alone: a shared secret, or none at all, proves nothing here. */
const algorithms: Readonly<Record<string, { kty: string; hash: string | null; pss?: true }>> = {
  RS256: { kty: 'RSA', hash: 'sha256' },
  RS384: { kty: 'RSA', hash: 'sha384' },
  RS512: { kty: 'RSA', hash: 'sha512' },
  PS256: { kty: 'RSA', hash: 'sha256', pss: true },
  PS512: { kty: 'RSA', hash: 'sha512', pss: true },
  ES256: { kty: 'EC', hash: 'sha256' },
  ES384: { kty: 'EC', hash: 'sha384' },
  EdDSA: { kty: 'OKP', hash: null },
}

function isSigned(
  header: Record<string, unknown>,
  keys: readonly Key[],
  signed: string,
  signature: string,
): boolean {
  const algorithm = algorithms[String(header.alg)]
  if (!algorithm) return false
  return keys
    .filter(key => key.kty === algorithm.kty && (key.use ?? 'sig') === 'sig')
    .filter(key => header.kid === undefined || key.kid === header.kid)
    .some(key => {
      try {
        return verify(
          algorithm.hash,
          Buffer.from(signed),
          {
            key: createPublicKey({ key, format: 'jwk' }),
            dsaEncoding: 'ieee-p1363',
            ...(algorithm.pss
              ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
              : {}),
          },
          Buffer.from(signature, 'base64url'),
        )
      } catch {
        return false
      }
    })
}
