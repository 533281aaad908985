import { Temporal } from 'temporal-polyfill'
import { realClock } from '#platform/clock.ts'
import type { House } from '#platform/house.ts'
import type { Slice } from '#platform/http/route.ts'
import { aPerson } from '#platform/permission.ts'
import './tables.ts'
import { accountRoutes } from './account.tsx'
import { endSessionsOfWhoLeft } from './accounts.ts'
import { askingRoutes } from './asking.tsx'
import { contactRoute } from './contact.tsx'
import type { WaysElsewhere } from './elsewhere.ts'
import { newEmailRoutes } from './new-email.tsx'
import { ownProofRoutes } from './own-proof.tsx'
import { passkeyRoutes } from './passkey-pages.tsx'
import { proofOnTheWay } from './proof-on-the-way.tsx'
import { provingRoutes } from './proving.tsx'

/** Signing in, and one's own account: of the installation, since one person may belong to several networks. */
/**
 * @param slices all rooms: their doors stand on the account's page
 * @param elsewhere ways in that other services offer
 */
export function signIn(house: House, slices: () => readonly Slice[], elsewhere: WaysElsewhere): Slice {
  return {
    name: 'sign-in',
    routes: [
      ...askingRoutes(house, elsewhere),
      ...provingRoutes(house),
      ...ownProofRoutes(house),
      ...passkeyRoutes(house),
      ...accountRoutes(house, slices, elsewhere),
      contactRoute,
      ...newEmailRoutes(house),
    ],
    ownProof: proofOnTheWay(house),
    doors: [
      {
        in: 'home',
        text: 'Your account',
        hint: 'How we reach you, and your devices.',
        path: slug => `/${slug}/account`,
        who: aPerson,
        order: 150,
      },
    ],
    /** Who left is signed out, and what is over is swept out: codes and sessions. */
    async due(work) {
      const { tx, now: thisClock } = work
      await endSessionsOfWhoLeft(work)
      // Sessions run in real time: the demo's clock, moved on, signs nobody out.
      const real = realClock.now()
      const now = Temporal.Instant.compare(thisClock, real) < 0 ? thisClock : real
      await tx.deleteFrom('verification').where('expires_at', '<', now).execute()
      await tx.deleteFrom('session').where('expires_at', '<', now).execute()
    },
  }
}

export {
  accountOfProven,
  endSessionsOf,
  endSessionsOfWhoLeft,
  homeOf,
  insidePath,
  startSession,
} from './accounts.ts'
export { deviceInWords } from './devices.ts'
export type { WaysElsewhere } from './elsewhere.ts'
export { forgetSecondFactors, type Invitation, invite, inviteInto, posts } from './invite.ts'
export { auditAccount, codeArrived, placesOf, tellOfChange, writeEmail } from './letters.ts'
export {
  type Asked,
  codeLasts,
  identifierOf,
  keepWaiting,
  look,
  newCode,
  newSecret,
  take,
  tryCode,
  usedOnce,
  waiting,
  waitingForCode,
} from './one-time.ts'
export { signInPaths } from './paths.ts'
