import type { House } from '#platform/house.ts'
import { seal, unseal } from './seal.ts'

/** A sign-in that was begun in this browser. */
export interface Pending {
  readonly network: string
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** Where to afterwards. */
  readonly to: string
  /** Not a sign-in, but the question whether somebody who is signed in is still there. */
  readonly again: boolean
  readonly at: number
}

/** What one browser carries for us, shut. */
export interface Carried {
  readonly pending: readonly Pending[]
  /** The secret of what waits to be confirmed. */
  readonly confirm?: string
  /** For signing out there, too. */
  readonly out?: { readonly network: string; readonly idToken?: string }
}

const nothing: Carried = { pending: [] }
const about = 'browser'
const lasts = 15 * 60
// Two windows may each have begun one; more than a few are none that anybody comes back to.
const most = 3
// Browsers keep 4096 bytes.
const longest = 3_600

export function carrier(house: House) {
  const cookie = house.sessions.cookie('elsewhere')
  return {
    read(request: Request): Carried {
      const found = unseal<Carried>(house, about, cookie.read(request)) ?? nothing
      const since = Date.now() - lasts * 1000
      return { ...found, pending: found.pending.filter(each => each.at > since) }
    },
    /** @returns the Set-Cookie header */
    write(carried: Carried): string {
      if (carried.pending.length === 0 && !carried.confirm && !carried.out) return cookie.forget
      const text = seal(house, about, { ...carried, pending: carried.pending.slice(-most) })
      if (text.length <= longest) return cookie.set(text, lasts)
      // A long token: it signs out without it, and only asks once more.
      const { out, ...rest } = carried
      const shorter = out ? { ...rest, out: { network: out.network } } : rest
      return cookie.set(seal(house, about, { ...shorter, pending: carried.pending.slice(-1) }), lasts)
    },
  }
}
