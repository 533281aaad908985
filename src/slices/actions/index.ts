import type { Slice } from '#platform/http/route.ts'
import { anInsider } from '#platform/permission.ts'
import { actionsForPrograms } from './api.ts'
import type { ViewsBehindActions } from './changes.ts'
import { actionsDue, lateActions } from './clockwork.ts'
import { findActions } from './find.ts'
import { actionsAtHome } from './home.ts'
import { listRoute, tableRoute } from './list.tsx'
import { oneRoutes } from './one.tsx'
import { actionPaths } from './paths.ts'
import { held, leaving } from './rights.ts'
import { stepRoutes } from './steps.tsx'
import { actionsWeek } from './week.ts'

export {
  answerDateWish,
  askForAnotherDate,
  deferAction,
  dropAction,
  finishAction,
  type NewAction,
  openAction,
  reassignAction,
  type ViewsBehindActions,
} from './changes.ts'
export { type PossibleOwner, possibleOwners } from './people.ts'
export { timelineOf as actionTimeline } from './timeline.tsx'
export { actionPaths }

export function actions(views: ViewsBehindActions): Slice {
  return {
    name: 'actions',
    routes: [listRoute(views), tableRoute, ...oneRoutes(views), ...stepRoutes(views)],
    doors: [
      {
        in: 'home',
        text: 'Actions',
        hint: 'What was agreed, who does it and by when.',
        path: actionPaths.list,
        who: anInsider,
        order: 110,
      },
    ],
    navigation: [{ text: 'Actions', path: actionPaths.list, who: anInsider, order: 40 }],
    due: actionsDue,
    home: actionsAtHome,
    search: findActions,
    week: actionsWeek,
    late: lateActions,
    api: [actionsForPrograms],
    leaving,
    held,
  }
}
