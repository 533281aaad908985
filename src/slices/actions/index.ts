import type { Slice } from '#platform/http/route.ts'
import type { ViewsBehindActions } from './changes.ts'

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
export { actionPaths } from './paths.ts'
export { type PossibleOwner, possibleOwners } from './people.ts'

export function actions(_views: ViewsBehindActions): Slice {
  return { name: 'actions', routes: [] }
}
