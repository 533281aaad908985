import type { Slice } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { afterRoutes } from './after/pages.tsx'
import { lateMinutes, minutesDue } from './clockwork.ts'
import { decisionRoutes } from './decisions/pages.tsx'
import { findDecisions } from './find.ts'
import { itemHistory } from './history.tsx'
import { minutesAtHome } from './home.ts'
import { itemRoutes } from './item.tsx'
import { minutesPage } from './page.tsx'
import { held, leaving } from './rights.ts'
import { stepRoutes } from './steps.tsx'
import { minutesWeek } from './week.ts'

export { answerAfter, loadAfter } from './after/store.ts'
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
export { loadCorrection, loadItemMinutes } from './store.ts'

export const minutes: Slice = {
  name: 'minutes',
  routes: [minutesPage, ...stepRoutes, ...itemRoutes, itemHistory, ...decisionRoutes, ...afterRoutes],
  doors: [
    {
      in: 'team',
      under: 'Groups and meetings',
      text: 'How meetings were for volunteers',
      hint: 'What they say afterwards',
      path: slug => `/${slug}/team/after-meetings`,
      who: theTeam,
      order: 10,
    },
  ],
  due: minutesDue,
  home: minutesAtHome,
  search: findDecisions,
  week: minutesWeek,
  late: lateMinutes,
  leaving,
  held,
}
