import { lookup } from 'node:dns'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

const inside = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(net, bits, 'ipv6')

/** Whether an address of the internet is outside: nobody may make this service knock at doors inside (ASVS 5.0 V1.3). */
export function isOutside(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return isOutside(mapped)
  if (/^::ffff:/i.test(address)) return false
  return !inside.check(address, address.includes(':') ? 'ipv6' : 'ipv4')
}

/** @returns the sentence why this cannot be an address to call */
export function whyNotAddress(given: string): string | undefined {
  if (!URL.canParse(given)) return 'Enter the whole address, such as https://example.org/loop'
  const url = new URL(given)
  if (url.protocol !== 'https:') return 'The address must begin with https://'
  if (url.username || url.password) return 'The address must have no name or password in it'
  if (given.length > 500) return 'The address must be 500 characters or fewer'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (/^[\d.]+$|:/.test(host) ? !isOutside(host) : /(^|\.)(localhost|local|internal)$|^[^.]+$/i.test(host)) {
    return 'The address must be one that can be reached from outside'
  }
  return undefined
}

/** Where calls may go. Only tests call themselves. */
export interface Reach {
  readonly allows: (address: string) => boolean
}

export const notOutside = 'the address is not outside'

/** A number in place of a name is looked up nowhere, so it is looked at before the call. */
export function isForbiddenNumber(to: URL, reach: Reach): boolean {
  const literal = to.hostname.replace(/^\[|\]$/g, '')
  return isIP(literal) !== 0 && !reach.allows(literal)
}

/** The address that was looked at is the one that is called: a name cannot turn inwards in between. */
export const lookupWithin =
  (reach: Reach): LookupFunction =>
  (host, options, done) =>
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 4)
      const good = found.filter(each => reach.allows(each.address))
      if (good.length === 0) return done(new Error(notOutside), '', 4)
      if (options.all) return done(null, good)
      done(null, good[0]!.address, good[0]!.family)
    })

const patienceMs = 10_000

export interface Posted {
  readonly arrived: boolean
  readonly status: number | null
  readonly error: string
}

/** One POST. Nothing of the answer but its status is read, and it leads nowhere else: redirects are not followed. */
export async function post(
  url: string,
  body: string | Uint8Array,
  headers: Record<string, string>,
  reach: Reach,
): Promise<Posted> {
  const to = new URL(url)
  if (isForbiddenNumber(to, reach)) return { arrived: false, status: null, error: notOutside }
  const send = to.protocol === 'https:' ? httpsRequest : httpRequest
  return await new Promise<Posted>(resolve => {
    const say = (error: unknown) =>
      resolve({ arrived: false, status: null, error: error instanceof Error ? error.message : String(error) })
    try {
      const request = send(
        to,
        {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
            'user-agent': 'closing-the-loop',
            ...headers,
          },
          signal: AbortSignal.timeout(patienceMs),
          lookup: lookupWithin(reach),
        },
        response => {
          response.resume()
          const status = response.statusCode ?? 0
          const arrived = status >= 200 && status < 300
          resolve({ arrived, status, error: arrived ? '' : `the answer was ${status}` })
        },
      )
      request.on('error', say)
      request.end(body)
    } catch (error) {
      say(error)
    }
  })
}
