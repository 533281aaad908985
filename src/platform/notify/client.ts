import { NotifyClient } from 'notifications-node-client'
import { CameBack } from '../delivery/refusal.ts'

export interface NotifySettings {
  readonly key: string
  readonly url: string
  /** `Authorization: Bearer …` of what Notify tells us. */
  readonly token: string
  readonly email: string
  readonly text: string
  readonly letter: string
  readonly emailTemplate: string
  readonly textTemplate: string
  readonly postage: string
}

export const notifyUrl = 'https://api.notifications.service.gov.uk'

/** A server that says nothing is given up: what became of it is asked for before anything goes out again. */
const patienceMs = 20_000

export function notifyClient({ key, url }: Pick<NotifySettings, 'key' | 'url'>): NotifyClient {
  const client = new NotifyClient(url.replace(/\/+$/, '') || notifyUrl, key)
  const { apiClient } = client as unknown as {
    apiClient: { restClient: (options: object) => Promise<unknown>; setClient(of: unknown): void }
  }
  const send = apiClient.restClient
  apiClient.setClient((options: object) =>
    send({ ...options, timeout: patienceMs, maxRedirects: 0, maxContentLength: 5_000_000 }),
  )
  return client
}

interface Refused {
  readonly response?: {
    readonly status?: number
    readonly data?: { readonly errors?: readonly { readonly error?: string; readonly message?: string }[] }
  }
}

/** What Notify said, in words for the team. */
class NotifyTrouble extends Error {
  constructor(
    words: string,
    readonly status: number | undefined,
  ) {
    super(words)
  }
}

const ofStatus = (status: number | undefined): string => {
  if (status === undefined) return 'GOV.UK Notify did not answer.'
  if (status === 401 || status === 403) return 'GOV.UK Notify does not accept our key.'
  if (status === 404) return 'GOV.UK Notify does not know this.'
  if (status === 429) return 'GOV.UK Notify takes no more for now: we have reached its limit.'
  if (status >= 500) return 'GOV.UK Notify has a fault of its own.'
  return 'GOV.UK Notify did not take it.'
}

/**
 * What a refusal means. Only one that names the address is laid at its door; that our key, template or limit is not in order
 * is put right meanwhile, and the message tried again.
 */
export function troubleOf(error: unknown): Error {
  const { response } = error as Refused
  const status = response?.status
  const said = response?.data?.errors?.[0]?.message ?? ''
  if (status === 400) {
    if (/^(phone_number|email_address)\b/i.test(said) || /not a valid (phone|email)/i.test(said)) {
      return new CameBack({
        trouble: 'address',
        words: /^phone|phone/i.test(said) ? 'This is no mobile number.' : 'This is no e-mail address.',
      })
    }
    if (/trial mode|team-only/i.test(said))
      return new NotifyTrouble('GOV.UK Notify is in trial mode: it sends to its own team only.', status)
    if (/template/i.test(said) || /personalisation/i.test(said))
      return new NotifyTrouble('GOV.UK Notify does not accept our template.', status)
  }
  return new NotifyTrouble(ofStatus(status), status)
}

export type Delivered = 'delivered' | 'permanent-failure' | 'temporary-failure' | 'technical-failure'

/** What is known for good, of all that Notify says; undefined while it is on its way. */
export function deliveredIn(status: string): Delivered | undefined {
  switch (status) {
    case 'delivered':
    case 'received':
      return 'delivered'
    case 'permanent-failure':
    case 'temporary-failure':
    case 'technical-failure':
      return status
    // Of letters.
    case 'validation-failed':
    case 'virus-scan-failed':
    case 'cancelled':
      return 'technical-failure'
    default:
      return undefined
  }
}
