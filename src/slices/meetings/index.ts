import type { Slice } from '#platform/http/route.ts'
import { anInsider } from '#platform/permission.ts'
import { attendanceRoutes } from './attendance-page.tsx'
import { answerRoute } from './calendar/answer-page.tsx'
import { calendarRoutes } from './calendar/feed.tsx'
import { calendarsAnswer } from './calendar/invited.ts'
import { takeInCalendarReplies } from './calendar/take-in.ts'
import { correspondenceDue } from './correspondence/due.ts'
import { itemPage } from './item-page.tsx'
import { lateMeetings, meetingsAtHome } from './list/home.ts'
import { listRoute } from './list/list.tsx'
import { findMeetings } from './list/search.ts'
import { noteRoute } from './note.tsx'
import { meetingPage } from './page.tsx'
import type { MeetingPart } from './part.ts'
import { meetingPaths } from './paths.ts'
import { placingRoutes } from './placing.tsx'
import { planningRoutes } from './planning/new.tsx'
import { changeRoutes } from './planning/steps.tsx'
import { raisingRoutes } from './raising.tsx'
import { meetingReplies } from './replies.ts'
import { held, leaving } from './rights.ts'
import { roomRoutes } from './room.tsx'
import { runningRoutes } from './running.tsx'
import { teamsConnection } from './teams/connection.ts'
import { teamsJobs } from './teams/jobs.ts'
import { forgetOldTimes } from './teams-report/changes.ts'
import { reportRoutes } from './teams-report/pages.tsx'
import { meetingsWeek } from './week.ts'

export * from './access.ts'
export { runningClock } from './agenda.ts'
export {
  endMeeting,
  giveApologies,
  type Invited,
  invitedTo,
  type Mark,
  markAttendance,
} from './attendance.ts'
export { takeInCalendarReplies } from './calendar/take-in.ts'
export { type Voter, votersOn } from './groups/voters.ts'
export { turnToItem } from './item-changes.ts'
export { deferToMeeting, giveItemAPlace, laterMeetings, raiseItem } from './item-raising.ts'
export { itemTimeline } from './item-timeline.tsx'
export {
  agreeMinutes,
  draftMinutes,
  hasCome,
  isAhead,
  type Meeting,
  publishMinutes,
  sendPapersOut,
} from './meeting.ts'
export type { MeetingPart } from './part.ts'
export {
  cancelMeeting,
  type MeetingDetails,
  moveMeeting,
  planMeeting,
} from './planning/changes.ts'
export { type Quorum, type QuorumFacts, quorumOf } from './quorum.ts'
export { dayOf, loadQuorum, noteQuorum, presentNow } from './quorum-now.ts'
export { openTheAgenda, openTheMeeting, setTheAgenda } from './running.tsx'
export {
  addStandingItems,
  excludedFrom,
  itemsOf,
  type LoadedItem,
  type LoadedMeeting,
  loadItem,
  loadMeeting,
  readersOfItem,
  saveMeeting,
} from './store.ts'
export type { Asked, ConflictOutcome, Handling, StandingItem } from './tables.ts'

export { meetingPaths }

/** @param parts what other rooms show on a meeting's pages, in the order in which it is shown */
export function meetings(parts: readonly MeetingPart[]): Slice {
  return {
    name: 'meetings',
    routes: [
      listRoute,
      ...planningRoutes,
      meetingPage(parts),
      itemPage(parts),
      ...changeRoutes,
      ...runningRoutes,
      ...raisingRoutes,
      ...placingRoutes,
      ...attendanceRoutes,
      ...reportRoutes,
      ...calendarRoutes,
      answerRoute,
      ...roomRoutes(parts),
      noteRoute,
    ],
    doors: [
      {
        in: 'home',
        text: 'Meetings',
        hint: 'When groups meet, and what they talk about.',
        path: meetingPaths.list,
        who: anInsider,
        order: 100,
      },
    ],
    navigation: [{ text: 'Meetings', path: meetingPaths.list, who: anInsider, order: 25 }],
    due: async work => {
      await correspondenceDue(work)
      await forgetOldTimes(work)
    },
    home: meetingsAtHome,
    search: findMeetings,
    week: meetingsWeek,
    late: lateMeetings,
    leaving,
    held,
    settings: [calendarsAnswer],
    calendarReplies: takeInCalendarReplies,
    replies: [meetingReplies],
    jobs: teamsJobs,
    connections: [teamsConnection],
  }
}
