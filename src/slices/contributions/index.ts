import type { Slice } from '#platform/http/route.ts'
import { contributionPaths } from './paths.ts'
import { loadThread } from './store.ts'
import { threadRoutes } from './thread/routes.tsx'

export { actionOfViewEnded } from './action-ended.ts'
export { type GivenFeedback, giveFeedback, giveVerdict, type SaidVerdict } from './changes/answering.ts'
export {
  addAction,
  addView,
  bodyAnswered,
  chase,
  consider,
  type GivenConsideration,
} from './changes/considering.ts'
export { acknowledge, answer, ask, signpost } from './changes/routing.ts'
export { contributionPaths, loadThread }

export const contributions: Slice = { name: 'contributions', routes: [...threadRoutes] }
