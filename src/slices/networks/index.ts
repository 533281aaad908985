import type { Slice } from '#platform/http/route.ts'
import { anyone, rule, theTeam } from '#platform/permission.ts'
import { statementDue } from './accessibility/review.ts'
import { groupsForPrograms } from './api.ts'
import { complaintsAtHome, complaintsDue, complaintsLate } from './complaint-clock.ts'
import { complaintFormRoutes } from './complaint-form.tsx'
import { complaintRoutes } from './complaints.tsx'
import { frontRoutes } from './front.tsx'
import { groupRoutes } from './group.tsx'
import { groupPeopleRoutes } from './group-people.tsx'
import { groupRulesRoutes } from './group-rules.tsx'
import { informationRoutes } from './information.tsx'
import { NotConfirmed } from './parts.tsx'
import { networkPaths } from './paths.ts'
import { factsQuestion } from './queries.ts'
import { complaintsKept, held, leaving } from './rights.ts'
import { complaintsWeek } from './week.ts'

export type { Facts } from './facts.ts'
export { type InformationPage, informationPages } from './information.tsx'
export { type RhythmFacts, rhythmFacts, rhythmWarnings, weeksInWords } from './rhythm.ts'
export { factsQuestion, NotConfirmed, networkPaths }

const aVisitor = rule('a visitor', actor => actor === undefined)

/** @param slices all rooms: their doors stand on the network's own page */
export const networks = (slices: () => readonly Slice[]): Slice => ({
  name: 'networks',
  routes: [
    ...frontRoutes(slices),
    ...groupRoutes,
    ...groupPeopleRoutes,
    ...groupRulesRoutes,
    ...informationRoutes,
    ...complaintFormRoutes,
    ...complaintRoutes,
  ],
  doors: [
    {
      in: 'network',
      text: 'What we work on first',
      hint: 'Our priorities',
      path: networkPaths.priorities,
      who: anyone,
      order: 20,
    },
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
  navigation: [
    { text: 'About', path: networkPaths.front, who: aVisitor, order: 10 },
    { text: 'Who decides what', path: networkPaths.governance, who: aVisitor, order: 80 },
    { text: 'What we work on first', path: networkPaths.priorities, who: aVisitor, order: 85 },
  ],
  async due(work) {
    await complaintsDue(work)
    await statementDue(work)
  },
  home: complaintsAtHome,
  week: complaintsWeek,
  late: complaintsLate,
  api: [groupsForPrograms],
  leaving,
  held,
  kept: [complaintsKept],
})
