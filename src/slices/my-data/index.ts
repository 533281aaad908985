import type { Slice } from '#platform/http/route.ts'
import { anAdministrator, aPerson, theTeam } from '#platform/permission.ts'
import './tables.ts'
import { looksRoutes } from './looks.tsx'
import { mineRoutes } from './mine.tsx'
import { myDataPaths as paths } from './paths.ts'
import { recordRoutes } from './record/pages.tsx'
import {
  lateWishes,
  wishesAtHome,
  wishesDue,
  wishesHeld,
  wishesKept,
  wishesLeaving,
  wishesWeek,
} from './wishes/clockwork.ts'
import { myWishRoutes } from './wishes/mine.tsx'
import { teamWishRoutes } from './wishes/team.tsx'

export { answerWish, askFirst, loadWish, wishFor } from './wishes/changes.ts'

/** What is held about somebody: to read, to take along, to correct, to object, to erase. */
export const myData = (slices: () => readonly Slice[]): Slice => ({
  name: 'my-data',
  routes: [
    ...mineRoutes(slices),
    ...looksRoutes(slices),
    ...myWishRoutes,
    ...teamWishRoutes,
    ...recordRoutes,
  ],
  due: wishesDue,
  home: wishesAtHome,
  late: lateWishes,
  week: wishesWeek,
  held: wishesHeld,
  leaving: wishesLeaving,
  kept: [wishesKept],
  doors: [
    {
      in: 'account',
      text: 'What we hold about you',
      hint: 'Read it, take it along, have it corrected or erased, see who looked',
      path: paths.mine,
      who: aPerson,
      order: 700,
    },
    {
      in: 'home',
      text: 'What we hold, why, and who reads it',
      hint: 'The record of processing.',
      path: paths.record,
      who: anAdministrator,
      order: 900,
    },
    {
      in: 'team',
      text: 'Wishes about data',
      hint: 'Copies, corrections, erasing: each with its last day by law',
      path: paths.wishes,
      who: theTeam,
      order: 360,
      under: 'People',
    },
  ],
})
