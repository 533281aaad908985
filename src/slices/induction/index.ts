import type { Slice } from '#platform/http/route.ts'
import { anInsider, theTeam } from '#platform/permission.ts'
import { giveDefaultModules } from './changes.ts'
import { inductionDue, lateInductions } from './clockwork.ts'
import { held, kept, leaving } from './holding.ts'
import { inductionAtHome, inductionInWeek } from './home.ts'
import { moduleRoutes } from './modules.tsx'
import { inductionPaths } from './paths.ts'
import { personRoutes } from './person.tsx'
import { sessionRoutes } from './sessions.tsx'
import { inductionWeeks } from './settings.ts'
import { teamRoutes } from './team.tsx'

export {
  addModule,
  giveDefaultModules,
  noteWhoCame,
  planSession,
  setModuleRules,
  signModule,
  takePlace,
} from './changes.ts'
export { mayVoteOn } from './may-vote.ts'
export { SessionsAhead } from './person.tsx'
export { loadModule, type SessionLine, sessionsOf } from './queries.ts'
export { type ToDoFirst, toDoBeforeVote, VoteAfter } from './why.tsx'
export { inductionPaths }

export const induction: Slice = {
  name: 'induction',
  // Addresses with words of their own come before those where a name may stand.
  routes: [...personRoutes, ...sessionRoutes, ...teamRoutes, ...moduleRoutes],
  begins: giveDefaultModules,
  due: inductionDue,
  home: inductionAtHome,
  late: lateInductions,
  week: inductionInWeek,
  held,
  leaving,
  kept,
  settings: [inductionWeeks, ...kept.map(each => each.months)],
  doors: [
    {
      in: 'home',
      text: 'My induction',
      hint: 'What helps you to take part, and what you still need',
      path: inductionPaths.mine,
      who: anInsider,
      order: 60,
    },
    {
      in: 'team',
      text: 'Induction',
      hint: 'Who is through, who waits for a signature, sessions, and the parts themselves',
      path: inductionPaths.team,
      who: theTeam,
      order: 40,
      under: 'People',
    },
  ],
  personDoors: [
    {
      text: 'Their induction',
      hint: 'What they have done, and sign for the team',
      path: inductionPaths.person,
      who: theTeam,
      order: 40,
    },
  ],
}
