import type { Slice } from '#platform/http/route.ts'
import { aMemberOrTheTeam, anInsider, aVolunteerOrChair } from '#platform/permission.ts'
import { requestsForPrograms } from './api.ts'
import { askingRoutes } from './asking.tsx'
import { awayRoutes } from './away.tsx'
import { lateRequests, requestsDue } from './clockwork.ts'
import { findRequests } from './find.ts'
import { requestsAtHome } from './home.ts'
import { libraryRoutes } from './library.tsx'
import { listRoute, tableRoute } from './list.tsx'
import { onBehalfRoute } from './on-behalf.tsx'
import { oneRoutes } from './one.tsx'
import { requestPaths } from './paths.ts'
import { requestReplies } from './replies.ts'
import { held, leaving } from './rights.ts'
import { stepRoutes } from './steps.tsx'
import { requestTranslationRoutes } from './translating.ts'
import { requestsWeek } from './week.ts'

export { sayAway } from './away.tsx'
export {
  acknowledgeRequest,
  answerRequest,
  askAskerBack,
  askSig,
  consentToLibrary,
  judgeAnswer,
  type NewAnswer,
  type NewRequest,
  type NewVerdict,
  replyToSig,
  withdrawRequest,
} from './changes.ts'
export { type RequestCounts, requestCounts } from './counts.ts'
export { requestPaths }

export const chairRequests: Slice = {
  name: 'chair-requests',
  // Addresses with words of their own come before those where a reference may stand.
  routes: [
    listRoute,
    tableRoute,
    ...askingRoutes,
    onBehalfRoute,
    ...awayRoutes,
    ...oneRoutes,
    ...stepRoutes,
    ...requestTranslationRoutes,
    ...libraryRoutes,
  ],
  doors: [
    {
      in: 'home',
      text: 'Ask a special interest group',
      hint: 'For information, data, context, background or education.',
      path: requestPaths.new,
      who: aVolunteerOrChair,
      order: 20,
    },
    {
      in: 'home',
      text: 'Requests to special interest groups',
      hint: 'What was asked, whose turn it is and by when.',
      path: requestPaths.list,
      who: aMemberOrTheTeam,
      order: 90,
    },
  ],
  navigation: [{ text: 'Requests', path: requestPaths.list, who: anInsider, order: 30 }],
  due: requestsDue,
  home: requestsAtHome,
  search: findRequests,
  week: requestsWeek,
  late: lateRequests,
  api: [requestsForPrograms],
  leaving,
  held,
  replies: [requestReplies],
}
