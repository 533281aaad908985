import type { House } from '#platform/house.ts'
import type { Slice } from '#platform/http/route.ts'

/** Signing in, and one's own account: of the installation, since one person may belong to several networks. */
export function signIn(_house: House): Slice {
  return { name: 'sign-in', routes: [] }
}
