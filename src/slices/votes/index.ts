import type { Slice } from '#platform/http/route.ts'
import { ballotRoutes } from './ballot.tsx'
import { lateVotes, votesDue } from './clockwork.ts'
import { findMotions } from './find.ts'
import { votesAtHome } from './home.ts'
import { oneRoutes } from './one.tsx'
import { held, leaving } from './rights.ts'
import { stepRoutes } from './steps.tsx'
import { votesWeek } from './week.ts'

export { addDissent, castBallot, closeVote, openVote, proposeMotion } from './changes.ts'
export type { Choice } from './motion.ts'
export { votesOfMeeting } from './on-meeting.tsx'
export { votePaths } from './paths.ts'
export { type LoadedMotion, loadMotion, readMotion } from './store.ts'
export { timelineOf as motionTimeline } from './timeline.tsx'
export { choiceInWords, figuresInWords, outcomeInWords } from './words.ts'

export const votes: Slice = {
  name: 'votes',
  routes: [...oneRoutes, ...ballotRoutes, ...stepRoutes],
  due: votesDue,
  home: votesAtHome,
  search: findMotions,
  week: votesWeek,
  late: lateVotes,
  leaving,
  held,
}
