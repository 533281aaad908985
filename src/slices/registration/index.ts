import type { Slice } from '#platform/http/route.ts'
import { rule, theTeam } from '#platform/permission.ts'
import './tables.ts'
import { lateApplications, registrationDue } from './due.ts'
import { followRoutes } from './follow.tsx'
import { registrationHome } from './home.ts'
import { journeyRoutes } from './journey.tsx'
import { registrationPaths } from './paths.ts'
import { applicationReplies } from './replies.ts'
import { declinedKept, held, leaving } from './rights.ts'
import { listRoutes } from './team-list.tsx'
import { mergeRoutes } from './team-merge.tsx'
import { oneRoutes } from './team-one.tsx'
import { recordRoutes } from './team-record.tsx'
import { stepRoutes } from './team-steps.tsx'
import { timeRoutes } from './times/pages.tsx'
import { registrationWeek } from './week.ts'

export type { Answers } from './answers.ts'
export { channelWords, contactField, knownAs, longest, nameField } from './answers.ts'
export {
  accept,
  applyFor,
  decline,
  handOver,
  keepInTouch,
  noteConversation,
  register,
  withdraw,
} from './changes.ts'
export { forgetMail, mailFiles } from './forget.ts'
export { mailIn, takeInFor, takeInMail } from './mail/index.ts'
export { joinPeople } from './merge.ts'
export { type LoadedApplication, loadApplication } from './store.ts'
export { book, offerTime } from './times/times.ts'
export { registrationPaths }

export const registration: Slice = {
  name: 'registration',
  routes: [
    ...journeyRoutes,
    // Before the address with a token in it.
    ...timeRoutes,
    ...followRoutes,
    ...listRoutes,
    // Before the address with a number in it.
    ...recordRoutes,
    ...oneRoutes,
    ...stepRoutes,
    ...mergeRoutes,
  ],
  doors: [
    {
      in: 'home',
      text: 'People who want to take part',
      hint: 'Talk with them, accept, or kindly decline.',
      path: registrationPaths.list,
      who: theTeam,
      order: 40,
    },
    {
      in: 'team',
      under: 'People',
      text: 'Write down an application',
      hint: 'Somebody rang or wrote',
      path: registrationPaths.record,
      who: theTeam,
      order: 20,
    },
  ],
  navigation: [
    {
      text: 'Register your interest',
      path: registrationPaths.start,
      who: rule('not signed in', actor => actor === undefined),
      order: 90,
    },
  ],
  due: registrationDue,
  home: registrationHome,
  week: registrationWeek,
  late: lateApplications,
  leaving,
  held,
  kept: [declinedKept],
  replies: [applicationReplies],
}
