import type { Slice } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { mineRoutes } from './mine.tsx'
import { buddyPaths } from './paths.ts'
import {
  buddiesAtHome,
  buddiesDue,
  buddiesHeld,
  buddiesInTheWeek,
  buddiesKept,
  buddiesLeaving,
  lateBuddies,
} from './rights.ts'
import { aVolunteer } from './store.ts'
import './tables.ts'
import { teamRoutes } from './team.tsx'

export { endPair, offerBuddies, sayYes, wishForBuddy } from './changes.ts'
export { buddyPaths }

/** Another volunteer to ask: offered, accepted by both, ended by either. */
export const buddies: Slice = {
  name: 'buddies',
  routes: [...mineRoutes, ...teamRoutes],
  doors: [
    {
      in: 'home',
      text: 'Buddies',
      hint: 'Another volunteer to ask, or to go to a meeting with.',
      path: buddyPaths.mine,
      who: aVolunteer,
      order: 65,
    },
    {
      in: 'team',
      under: 'People',
      text: 'Buddies',
      hint: 'Who would like one, and who has one',
      path: buddyPaths.team,
      who: theTeam,
      order: 50,
    },
  ],
  personDoors: [
    {
      text: 'They would like a buddy',
      path: (slug, person) => `${buddyPaths.recordWish(slug)}?person=${person}`,
      who: theTeam,
      order: 36,
    },
  ],
  home: buddiesAtHome,
  due: buddiesDue,
  late: lateBuddies,
  week: visit => (theTeam.holds(visit.actor, undefined) ? buddiesInTheWeek() : []),
  held: buddiesHeld,
  leaving: buddiesLeaving,
  kept: [buddiesKept],
  settings: [buddiesKept.months],
}
