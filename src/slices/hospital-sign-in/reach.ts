import { request as httpsRequest } from 'node:https'
import type { CustomFetch } from 'openid-client'
import { isHere } from '#platform/connections.ts'
import type { House } from '#platform/house.ts'
import { isForbiddenNumber, isOutside, lookupWithin, notOutside } from '#platform/outside.ts'

export const patienceSeconds = 8
const largest = 1024 * 1024

/** The answer of a provider that nobody reached: it is somebody else's to put right. */
export class Unreachable extends Error {}
/** A demonstration does not go out. */
export class StaysHere extends Unreachable {}

/**
 * How this service speaks with a provider. A demonstration stays on its own machine; in production an address that
 * somebody typed in cannot make this service knock at doors inside.
 */
export function fetchOf(house: Pick<House, 'mode'>): CustomFetch {
  return async (url, options) => {
    const to = new URL(url)
    if (house.mode !== 'production') {
      if (!isHere(to.hostname)) throw new StaysHere('The demonstration does not speak with other services.')
      return await fetch(url, options as RequestInit)
    }
    if (isForbiddenNumber(to, { allows: isOutside })) throw new Unreachable(notOutside)
    return await outside(to, options)
  }
}

function outside(to: URL, options: Parameters<CustomFetch>[1]): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      to,
      {
        method: options.method,
        headers: options.headers,
        signal: options.signal ?? AbortSignal.timeout(patienceSeconds * 1000),
        lookup: lookupWithin({ allows: isOutside }),
      },
      answer => {
        const parts: Buffer[] = []
        let size = 0
        answer.on('data', (part: Buffer) => {
          size += part.length
          if (size > largest) request.destroy(new Error('the answer is too large'))
          else parts.push(part)
        })
        answer.on('error', reject)
        answer.on('end', () => {
          const headers = new Headers()
          for (const [name, value] of Object.entries(answer.headers)) {
            for (const each of Array.isArray(value) ? value : value === undefined ? [] : [value])
              headers.append(name, each)
          }
          const status = answer.statusCode ?? 502
          const body = [204, 205, 304].includes(status) ? null : new Uint8Array(Buffer.concat(parts))
          resolve(new Response(body, { status, headers }))
        })
      },
    )
    request.on('error', reject)
    request.end(options.body === null || options.body === undefined ? undefined : String(options.body))
  })
}
