import type { Slice } from '#platform/http/route.ts'
import { anAdministrator, aPerson, rule, theTeam } from '#platform/permission.ts'
import './tables.ts'
import { concernsDue, leaveConcerns } from './due.ts'
import { concernsAtHome, concernsHeld, whatLeavingMeans } from './home.ts'
import { monthsKept } from './kept.ts'
import { oneRoutes } from './one.tsx'
import { concernPaths } from './paths.ts'
import { raiseRoutes } from './raise.tsx'
import { settingRoutes } from './settings.tsx'
import { startRoutes } from './start.tsx'
import { stepRoutes } from './steps.tsx'

export * from './changes.ts'
export type { LoadedConcern } from './store.ts'
export { concernPaths }

/** A concern goes to the one person its raiser chose, and nobody else sees that it exists. */
export const concerns: Slice = {
  name: 'concerns',
  untraced: true,
  routes: [...startRoutes, ...raiseRoutes, ...settingRoutes, ...oneRoutes, ...stepRoutes],
  doors: [
    {
      in: 'home',
      text: 'Raise a concern',
      hint: 'Something worries you. One person reads it, whom you choose.',
      path: concernPaths.start,
      who: aPerson,
      order: 110,
    },
    {
      in: 'network',
      text: 'Raise a concern',
      hint: 'With your name or without. One person reads it, whom you choose.',
      path: concernPaths.start,
      who: rule('anyone', () => true),
      order: 90,
    },
    {
      in: 'team',
      under: 'The network',
      text: 'Other ways to speak up',
      hint: 'The list beside concerns',
      path: concernPaths.ways,
      who: theTeam,
      order: 80,
    },
    {
      in: 'team',
      under: 'The network',
      text: 'The independent contact for concerns',
      hint: 'Who it is, and since when',
      path: concernPaths.contact,
      who: anAdministrator,
      order: 81,
    },
  ],
  home: concernsAtHome,
  due: concernsDue,
  // No `search`, `week`, `late` and `kept`: a number or a line there would be a trace.
  held: concernsHeld,
  leaving: { says: whatLeavingMeans, leave: leaveConcerns },
  settings: [monthsKept],
}
