import type { Slice } from '#platform/http/route.ts'
import './tables.ts'
import { whoLeads } from './access.ts'
import {
  endingsAtHome,
  endingsDue,
  endingsHeld,
  endingsInTheWeek,
  endingsKept,
  leaveEndings,
  whatLeavingMeans,
} from './hooks.ts'
import { endingRoutes } from './pages.tsx'
import { endingPaths } from './paths.ts'

export { type Done, decideEnding, openEnding, replyToEnding, takeEndingBack } from './changes.ts'
export { type LoadedEnding, loadEnding } from './store.ts'
export { endingPaths }

/** Ending a place by the network: by a named post, with a reason and a right of reply. */
export const endings: Slice = {
  name: 'endings',
  routes: endingRoutes,
  doors: [
    {
      in: 'team',
      under: 'People',
      text: 'Endings',
      hint: 'Where the network means to end somebody’s place',
      path: endingPaths.list,
      who: whoLeads,
      order: 90,
    },
  ],
  personDoors: [
    {
      text: 'End their place as a volunteer',
      hint: 'With a reason that they read, and a right of reply',
      path: endingPaths.open,
      who: whoLeads,
      order: 95,
    },
  ],
  home: endingsAtHome,
  due: endingsDue,
  week: endingsInTheWeek,
  held: endingsHeld,
  leaving: { says: whatLeavingMeans, leave: leaveEndings },
  kept: [endingsKept],
  settings: [endingsKept.months],
}
