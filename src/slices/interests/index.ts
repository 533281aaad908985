import type { Slice } from '#platform/http/route.ts'
import { interestsDue } from './clockwork.ts'
import { conflictRoutes } from './conflicts.tsx'
import { declaringRoutes } from './declaring.tsx'
import { interestsAtHome } from './home.ts'
import { interestsKept } from './kept.ts'
import { registerRoutes } from './register.tsx'
import { held, leaving } from './rights.ts'
import { daysBeforeMeeting, daysToDeclare, monthsBetween, monthsKept, monthsShown } from './settings.ts'
import { interestsWeek } from './week.ts'

export { answerConflict, decideConflict, declareInterest, sayWhatIsDone } from './changes.ts'
export { findConflicts } from './finding.ts'
export { interestsOfMeeting } from './on-meeting.tsx'
export { loadConflict, loadInterest } from './store.ts'

export const interests: Slice = {
  name: 'interests',
  routes: [...registerRoutes, ...declaringRoutes, ...conflictRoutes],
  due: interestsDue,
  home: interestsAtHome,
  week: interestsWeek,
  leaving,
  held,
  kept: [interestsKept],
  settings: [monthsBetween, daysToDeclare, monthsShown, monthsKept, daysBeforeMeeting],
}
