import type { Slice } from '#platform/http/route.ts'
import { rule, theTeam } from '#platform/permission.ts'
import { groupsForPrograms } from './api.ts'
import { complaintsAtHome, complaintsDue, complaintsLate } from './complaint-clock.ts'
import { complaintFormRoutes } from './complaint-form.tsx'
import { complaintRoutes } from './complaints.tsx'
import { frontRoutes } from './front.tsx'
import { governanceRoutes } from './governance.tsx'
import { groupRoutes } from './group.tsx'
import { groupPeopleRoutes } from './group-people.tsx'
import { groupRulesRoutes } from './group-rules.tsx'
import { informationRoutes } from './information.tsx'
import { networkPaths } from './paths.ts'
import { complaintsKept, held, leaving } from './rights.ts'
import { complaintsWeek } from './week.ts'

export { type InformationPage, informationPages } from './information.tsx'
export { type RhythmFacts, rhythmFacts, rhythmWarnings } from './rhythm.ts'
export { networkPaths }

const aVisitor = rule('a visitor', actor => actor === undefined)

export const networks: Slice = {
  name: 'networks',
  routes: [
    ...frontRoutes,
    ...governanceRoutes,
    ...groupRoutes,
    ...groupPeopleRoutes,
    ...groupRulesRoutes,
    ...informationRoutes,
    ...complaintFormRoutes,
    ...complaintRoutes,
  ],
  navigation: [
    { text: 'About', path: networkPaths.front, who: aVisitor, order: 10 },
    { text: 'Who decides what', path: networkPaths.governance, who: aVisitor, order: 80 },
    { text: 'What we work on first', path: networkPaths.priorities, who: aVisitor, order: 85 },
  ],
  doors: [
    {
      in: 'team',
      text: 'Who reads complaints about data',
      hint: 'The director, until somebody is named',
      path: networkPaths.complaintReaders,
      who: theTeam,
      order: 380,
      under: 'The network',
    },
  ],
  due: complaintsDue,
  home: complaintsAtHome,
  week: complaintsWeek,
  late: complaintsLate,
  api: [groupsForPrograms],
  leaving,
  held,
  kept: [complaintsKept],
}
