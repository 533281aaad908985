import type { Slice } from '#platform/http/route.ts'
import { ballotRoutes } from './ballot.tsx'
import { lateVotes, votesDue } from './clockwork.ts'
import { findMotions } from './find.ts'
import { votesAtHome } from './home.ts'
import { oneRoutes } from './one.tsx'
import { stepRoutes } from './steps.tsx'

export { castBallot, openVote, proposeMotion } from './changes.ts'
export { votesOfMeeting } from './on-meeting.tsx'
export { votePaths } from './paths.ts'
export { loadMotion } from './store.ts'

export const votes: Slice = {
  name: 'votes',
  routes: [...oneRoutes, ...ballotRoutes, ...stepRoutes],
  due: votesDue,
  home: votesAtHome,
  search: findMotions,
  late: lateVotes,
}
