import type { Slice } from '#platform/http/route.ts'
import { aMember, aMemberOrTheTeam, aPerson, theTeam } from '#platform/permission.ts'
import { contributionsForPrograms } from './api.ts'
import { contributionsDue, lateContributions } from './due.ts'
import { fileRoutes } from './files/index.ts'
import { contributionsAtHome } from './home.ts'
import { listRoutes } from './list-page.tsx'
import { onBehalfRoutes } from './on-behalf/index.ts'
import { ownWordsRoutes } from './own-words/index.ts'
import { contributionPaths } from './paths.ts'
import { contributionReplies } from './replies.ts'
import { held, leaving } from './rights.ts'
import { findContributions } from './search.ts'
import { answeringRoutes } from './steps/answering.tsx'
import { consideringRoutes } from './steps/considering.tsx'
import { routingRoutes } from './steps/routing.tsx'
import { loadThread } from './store.ts'
import { threadRoutes } from './thread/routes.tsx'
import { contributionTranslationRoutes, translateContribution } from './translating.ts'
import { verdictLinkRoutes } from './verdict-link.tsx'
import { contributionsWeek } from './week.ts'
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
export { afterRest } from './resting.ts'
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
export {
  type Received,
  receiveByEmail,
  receiveContribution,
  type Saying,
  writeDown,
} from './writing/receive.ts'
export { contributionPaths, loadThread, translateContribution }

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
    ...contributionTranslationRoutes,
    ...verdictLinkRoutes,
    ...threadRoutes,
  ],
  doors: [
    {
      in: 'home',
      text: 'Say something',
      hint: 'An idea, an experience or a question. You do not need to know about imaging.',
      path: contributionPaths.new,
      who: aMember,
      order: 10,
      asButton: true,
    },
    {
      in: 'home',
      text: 'Write down what somebody said',
      hint: 'On the phone, by post or in the room.',
      path: contributionPaths.onBehalf,
      who: theTeam,
      order: 50,
    },
    {
      in: 'home',
      text: 'What people said',
      hint: 'Every view that you may see, and where it is.',
      path: contributionPaths.list,
      who: aMemberOrTheTeam,
      order: 80,
    },
    {
      in: 'team',
      under: 'What people say',
      text: 'What people said',
      hint: 'Every view, and where it is',
      path: contributionPaths.list,
      who: theTeam,
      order: 20,
    },
  ],
  navigation: [{ text: 'Contributions', path: contributionPaths.list, who: aPerson, order: 20 }],
  due: async work => {
    await forgetOldDrafts(work)
    await contributionsDue(work)
  },
  late: lateContributions,
  api: [contributionsForPrograms],
  home: contributionsAtHome,
  search: findContributions,
  week: contributionsWeek,
  leaving,
  held,
  replies: [contributionReplies],
}
