import type { Slice } from '#platform/http/route.ts'
import { aPerson, theTeam } from '#platform/permission.ts'
import { aTrustContact } from './access.ts'
import { ownTrustRoutes } from './own-trust.tsx'
import { trustRoutes } from './pages.tsx'
import { trustPaths } from './paths.ts'
import { trustAtHome, trustHeld, trustLeaving, trustThanksKept } from './rights.ts'
import './tables.ts'

export { sayTrust, thank } from './changes.ts'
export { loadTrust } from './queries.ts'
export { trustPaths }

/** One Trust’s volunteers and actions, for that Trust’s contact. */
export const trustContacts: Slice = {
  name: 'trust-contacts',
  routes: [...trustRoutes, ...ownTrustRoutes],
  doors: [
    {
      in: 'home',
      text: 'Your Trust',
      hint: 'Its volunteers, its actions, and what is late.',
      path: trustPaths.list,
      who: aTrustContact,
      order: 15,
    },
    {
      in: 'account',
      text: 'Your hospitals',
      hint: 'Which Trust you know best, and whether its contact may know of you',
      path: trustPaths.mine,
      who: aPerson,
      order: 30,
    },
    {
      in: 'account',
      text: 'Thanks that you were given',
      path: trustPaths.thanks,
      who: aPerson,
      order: 90,
    },
  ],
  personDoors: [
    {
      text: 'Hospitals they know',
      hint: 'And whether that Trust’s contact may know of them.',
      path: trustPaths.ofPerson,
      who: theTeam,
      order: 35,
    },
  ],
  home: trustAtHome,
  held: trustHeld,
  leaving: trustLeaving,
  kept: [trustThanksKept],
  settings: [trustThanksKept.months],
}
