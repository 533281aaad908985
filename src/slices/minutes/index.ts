import type { Slice } from '#platform/http/route.ts'
import { decisionRoutes } from './decisions/pages.tsx'
import { itemRoutes } from './item.tsx'
import { minutesPage } from './page.tsx'
import { stepRoutes } from './steps.tsx'

export {
  agree,
  answerCorrection,
  decide,
  type GivenItemMinutes,
  minuteItem,
  proposeCorrection,
  publish,
  sendDraft,
} from './changes.ts'
export { minutesOfMeeting } from './on-meeting.tsx'
export { minutesPaths } from './paths.ts'
export { loadCorrection, loadItemMinutes } from './store.ts'

export const minutes: Slice = {
  name: 'minutes',
  routes: [minutesPage, ...stepRoutes, ...itemRoutes, ...decisionRoutes],
}
