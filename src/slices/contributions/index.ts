import type { Slice } from '#platform/http/route.ts'
import { aPerson } from '#platform/permission.ts'
import { contributionsDue, lateContributions } from './due.ts'
import { fileRoutes } from './files/index.ts'
import { contributionsAtHome } from './home.ts'
import { listRoutes } from './list-page.tsx'
import { onBehalfRoutes } from './on-behalf/index.ts'
import { ownWordsRoutes } from './own-words/index.ts'
import { contributionPaths } from './paths.ts'
import { findContributions } from './search.ts'
import { answeringRoutes } from './steps/answering.tsx'
import { consideringRoutes } from './steps/considering.tsx'
import { routingRoutes } from './steps/routing.tsx'
import { loadThread } from './store.ts'
import { threadRoutes } from './thread/routes.tsx'
import { verdictLinkRoutes } from './verdict-link.tsx'
import { forgetOldDrafts } from './writing/draft.ts'
import { writingRoutes } from './writing/index.ts'

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
export { recordOnBehalf, type Said } from './on-behalf/index.ts'
export { changeNaming, correct, hideWords, withdrawFrom } from './own-words/index.ts'
export {
  ActionRows,
  type GivenOutcome,
  OutcomeFields,
  outcomeFieldOf,
  outcomeWords,
  readActions,
  readOutcomeOrLater,
} from './steps/outcome-fields.tsx'
export { type FieldReader, readingFields } from './steps/step.tsx'
export { joinContribution } from './writing/join.tsx'
export { type Received, receiveContribution, type Saying, writeDown } from './writing/receive.ts'
export { contributionPaths, loadThread }

export const contributions: Slice = {
  name: 'contributions',
  routes: [
    ...listRoutes,
    // Those with a word where a thread has its reference come first.
    ...writingRoutes,
    ...onBehalfRoutes,
    ...fileRoutes,
    ...ownWordsRoutes,
    ...routingRoutes,
    ...consideringRoutes,
    ...answeringRoutes,
    ...verdictLinkRoutes,
    ...threadRoutes,
  ],
  navigation: [{ text: 'Contributions', path: contributionPaths.list, who: aPerson, order: 20 }],
  due: async work => {
    await forgetOldDrafts(work)
    await contributionsDue(work)
  },
  late: lateContributions,
  home: contributionsAtHome,
  search: findContributions,
}
