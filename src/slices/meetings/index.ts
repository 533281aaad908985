import type { Slice } from '#platform/http/route.ts'
import { attendanceRoutes } from './attendance-page.tsx'
import { itemPage } from './item-page.tsx'
import { meetingPage } from './page.tsx'
import type { MeetingPart } from './part.ts'
import { placingRoutes } from './placing.tsx'
import { raisingRoutes } from './raising.tsx'
import { runningRoutes } from './running.tsx'

export * from './access.ts'
export { endMeeting, guestsAt, type Invited, invitedTo, markAttendance } from './attendance.ts'
export { type Voter, votersOn } from './groups/voters.ts'
export { closeOpenItems, turnToItem } from './item-changes.ts'
export { deferToMeeting, giveItemAPlace, laterMeetings, raiseItem } from './item-raising.ts'
export { hasCome, isAhead, type Meeting, meetingWords, papersDue, sendPapersOut } from './meeting.ts'
export type { MeetingPart } from './part.ts'
export { meetingPaths } from './paths.ts'
export { type Quorum, type QuorumFacts, quorumOf } from './quorum.ts'
export { loadQuorum, noteQuorum, presentNow } from './quorum-now.ts'
export {
  addStandingItems,
  excludedFrom,
  itemsOf,
  type LoadedItem,
  type LoadedMeeting,
  loadItem,
  loadMeeting,
  planMeeting,
  saveMeeting,
} from './store.ts'
export type { Asked, ConflictOutcome, Handling, StandingItem } from './tables.ts'

/** @param parts what other rooms show on a meeting's pages, in the order in which it is shown */
export function meetings(parts: readonly MeetingPart[]): Slice {
  return {
    name: 'meetings',
    routes: [
      meetingPage(parts),
      itemPage(parts),
      ...runningRoutes,
      ...raisingRoutes,
      ...placingRoutes,
      ...attendanceRoutes,
    ],
  }
}
