import type { Slice } from '#platform/http/route.ts'
import { aVolunteerAlone } from './access.ts'
import { bringingRoutes } from './bringing.tsx'
import { electionDays } from './changes.ts'
import { moderatingRoutes } from './moderating.tsx'
import { talkRoutes } from './pages.tsx'
import { spacePaths } from './paths.ts'
import { spaceAtHome, spaceDue, spaceHeld, spaceKept, spaceLeaving } from './rights.ts'

export type { Space } from './access.ts'
export {
  beginBringing,
  beginTopic,
  openElection,
  openSpace,
  reportPost,
  stand,
  voteFor,
  writePost,
} from './changes.ts'
export { loadPost, loadSpace } from './store.ts'

/** Groups of volunteers among themselves: no post, chair or administrator reads it. */
export const ownSpace: Slice = {
  name: 'own-space',
  routes: [...bringingRoutes, ...moderatingRoutes, ...talkRoutes],
  doors: [
    {
      in: 'home',
      text: 'Volunteers’ own space',
      hint: 'To talk among yourselves. No staff, no chair and no administrator can read it.',
      path: spacePaths.list,
      who: aVolunteerAlone,
      order: 60,
    },
  ],
  home: spaceAtHome,
  due: spaceDue,
  held: spaceHeld,
  leaving: spaceLeaving,
  kept: [spaceKept],
  settings: [electionDays, spaceKept.months],
}
