import type { Slice } from '#platform/http/route.ts'
import { aPerson, theTeam } from '#platform/permission.ts'
import './tables.ts'
import { afterRoute } from './after.tsx'
import { lateNeeds, needsAtHome, needsDue, needsInWeek } from './clockwork.ts'
import { heldNeeds, needsLeaving } from './holding.ts'
import { meetingNeedsRoute } from './on-meeting.tsx'
import { sheetRoutes } from './pages.tsx'
import { needsPaths } from './paths.ts'
import { reportRoute } from './report.tsx'
import { reviewMonths } from './store.ts'
import { teamNeedsRoutes } from './team.tsx'

export {
  NeedFlag,
  NeedsMetFields,
  needsAnotherForm,
  needsMetFields,
  needsMetMistakes,
  whoNeedsAnotherForm,
} from './flags.tsx'
export type { Audience, Need } from './need.ts'
export { expectedAt, needsOfMeeting } from './on-meeting.tsx'
export { loadSheet, needRows as needRowsOf, needsOf, sharedNeedsOf } from './queries.ts'
export {
  endPromise,
  loadNeedPromise,
  markAsked,
  needArose,
  needWent,
  noteNotMet,
  recordNeeds,
} from './store.ts'
export { needsPaths }

/** What somebody needs to take part, in the six steps of the Accessible Information Standard. */
export const supportNeeds: Slice = {
  name: 'support-needs',
  routes: [...sheetRoutes, ...teamNeedsRoutes, reportRoute, meetingNeedsRoute, afterRoute],
  doors: [
    {
      in: 'account',
      text: 'What you need to take part',
      hint: 'Large print, captions, a way in without steps, who may know',
      path: slug => needsPaths.mine(slug),
      who: aPerson,
      order: 20,
    },
    {
      in: 'team',
      text: 'Support needs',
      hint: 'What is to be arranged, whom to ask again, the yearly report',
      path: slug => needsPaths.list(slug),
      who: theTeam,
      order: 40,
      under: 'People',
    },
  ],
  personDoors: [
    {
      text: 'What they need to take part',
      hint: 'Each look is logged',
      path: (slug, id) => needsPaths.ofPerson(slug, id),
      who: theTeam,
      order: 10,
    },
  ],
  due: needsDue,
  late: lateNeeds,
  home: needsAtHome,
  week: needsInWeek,
  held: heldNeeds,
  leaving: needsLeaving,
  settings: [reviewMonths],
}
