import type { Temporal } from 'temporal-polyfill'

/** Why Microsoft did not do what we asked, in words that say who can put it right. */
export interface Trouble {
  readonly kind: 'sign-in' | 'not-allowed' | 'gone' | 'wait' | 'down' | 'refused'
  readonly words: string
  /** Microsoft says when to ask again. */
  readonly againAfterSeconds?: number
}

export type Got<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly trouble: Trouble }

export const failed = (kind: Trouble['kind'], words: string, againAfterSeconds?: number): Got<never> => ({
  ok: false,
  trouble: { kind, words, ...(againAfterSeconds === undefined ? {} : { againAfterSeconds }) },
})

export const down = failed('down', 'Microsoft does not answer at the moment.')

/** What the sign-in says no with: `error` and codes that begin with AADSTS in `error_description`. */
export function signInTrouble(status: number, body: unknown, retryAfter: number | undefined): Got<never> {
  const { error = '', error_description = '' } = (body ?? {}) as Partial<Record<string, string>>
  const said = `${error} ${error_description}`
  if (status === 429 || status >= 500) return busy(status, retryAfter)
  if (/AADSTS(90002|900023)/.test(said)) {
    return failed('sign-in', 'Microsoft does not know this organisation. Check the tenant id.')
  }
  if (/AADSTS700016|unauthorized_client/.test(said)) {
    return failed(
      'sign-in',
      'Microsoft does not know this app in this organisation. Check the client id and the tenant id.',
    )
  }
  if (/AADSTS7000222/.test(said)) {
    return failed('sign-in', 'The client secret has run out. Ask your Microsoft administrator for a new one.')
  }
  if (/AADSTS7000215|invalid_client/.test(said)) {
    return failed('sign-in', 'Microsoft does not accept the client secret. Copy its value again, not its id.')
  }
  return failed(
    'sign-in',
    'Microsoft did not let us sign in. Check the tenant id, the client id and the secret.',
  )
}

/** What a call says no with: `{ error: { code, message } }`. */
export function callTrouble(
  status: number,
  body: unknown,
  retryAfter: number | undefined,
  permission: string,
): Got<never> {
  const { code = '', message = '' } = ((body as { error?: unknown } | undefined)?.error ?? {}) as Partial<
    Record<string, string>
  >
  switch (status) {
    case 401:
      return failed(
        'sign-in',
        'Microsoft let us sign in, and then did not accept it. Check the app registration.',
      )
    case 403:
      return /access policy/i.test(message)
        ? failed(
            'not-allowed',
            'Microsoft does not let us hold meetings for this person. Ask your Microsoft administrator for an application access policy that names our app, and to grant it to the organiser.',
          )
        : failed(
            'not-allowed',
            `Our app misses a permission. Ask your Microsoft administrator to add ${permission} and to consent to it.`,
          )
    case 404:
      return failed(
        'gone',
        'Microsoft does not know this person or this meeting. Check the user id of the organiser.',
      )
    case 429:
      return busy(status, retryAfter)
    default:
      return status >= 500
        ? busy(status, retryAfter)
        : failed('refused', `Microsoft said no (${status}${/^[\w-]{1,60}$/.test(code) ? `, ${code}` : ''}).`)
  }
}

const busy = (status: number, retryAfter: number | undefined): Got<never> =>
  status === 429 || retryAfter !== undefined
    ? failed('wait', 'Microsoft asks us to wait.', retryAfter ?? 60)
    : down

/** Seconds, or a date (RFC 9110). */
export function retryAfterOf(header: string | null, now: Temporal.Instant): number | undefined {
  if (!header) return undefined
  if (/^\d{1,6}$/.test(header)) return Number(header)
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now.epochMilliseconds) / 1000))
}
