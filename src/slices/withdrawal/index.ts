import type { Slice } from '#platform/http/route.ts'
import { aPerson, theTeam } from '#platform/permission.ts'
import './tables.ts'
import { lateThanks, withdrawalAtHome, withdrawalDue, withdrawalWeek } from './clockwork.ts'
import { forSomebodyRoutes } from './for-somebody.tsx'
import { hereBeforeRoutes } from './here-before.tsx'
import { goodbyesKept } from './kept.ts'
import { leavingRoutes } from './leaving.tsx'
import { ownRowHeld, ownRowLeaving } from './own-row.ts'
import { withdrawalPaths as paths } from './paths.ts'
import { restRoutes } from './rest.tsx'
import { leavingTeamRoutes } from './team.tsx'

export { askToLeave, type LeavingWish, rest, thankFor } from './changes.ts'

/** Leaving in two steps, or a time of rest, and a way back. */
export const withdrawal = (slices: () => readonly Slice[]): Slice => ({
  name: 'withdrawal',
  routes: [
    ...leavingRoutes(slices),
    ...restRoutes,
    ...leavingTeamRoutes,
    ...forSomebodyRoutes(slices),
    ...hereBeforeRoutes,
  ],
  due: work => withdrawalDue(work, slices()),
  home: withdrawalAtHome,
  late: lateThanks,
  week: withdrawalWeek,
  leaving: ownRowLeaving,
  held: ownRowHeld,
  kept: [goodbyesKept],
  doors: [
    {
      in: 'account',
      text: 'Take a rest',
      hint: 'Nothing is asked of you for a time',
      path: paths.rest,
      who: aPerson,
      order: 800,
    },
    {
      in: 'account',
      text: 'Leave the network',
      hint: 'At any time. You see first what it means',
      path: paths.leave,
      who: aPerson,
      order: 900,
    },
    {
      in: 'team',
      text: 'Goodbyes',
      hint: 'Who leaves, and who is still to be thanked',
      path: paths.list,
      who: theTeam,
      order: 350,
      under: 'People',
    },
  ],
  personDoors: [
    { text: 'They want to leave', path: paths.forSomebody, who: theTeam, order: 900 },
    { text: 'They need a rest', path: paths.restOfSomebody, who: theTeam, order: 800 },
    { text: 'Was here before', path: paths.before, who: theTeam, order: 850 },
  ],
})
