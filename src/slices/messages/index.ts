import type { Slice } from '#platform/http/route.ts'
import { anInsider, theTeam } from '#platform/permission.ts'
import { lateMessages, messagesDue } from './clockwork.ts'
import { messagesHeld, messagesKept, messagesLeaving } from './data.ts'
import { messagesAtHome, messagesInTheWeek } from './home.ts'
import { listRoute } from './list.tsx'
import { oneRoutes } from './one.tsx'
import { messagePaths } from './paths.ts'
import { messageReplies } from './replies.ts'
import { writingRoutes } from './writing.tsx'

export { beginThread, openThread, type Said, type To, writeInThread } from './changes.ts'
export { messagePaths }

/** Between a volunteer and the team, a chair or a buddy: whose turn, by when. */
export const messages: Slice = {
  name: 'messages',
  // Addresses with words of their own come before those where a number may stand.
  routes: [listRoute, ...writingRoutes, ...oneRoutes],
  doors: [
    {
      in: 'home',
      text: 'Messages',
      hint: 'Write to the team, to who leads your group, or to your buddy.',
      path: messagePaths.list,
      who: anInsider,
      order: 30,
    },
    {
      in: 'team',
      under: 'Calls, letters and messages',
      text: 'Messages to the team',
      hint: 'What volunteers wrote, and whose turn it is',
      path: messagePaths.list,
      who: theTeam,
      order: 10,
    },
    {
      in: 'team',
      under: 'Calls, letters and messages',
      text: 'Write down a message that somebody gave you',
      path: messagePaths.onBehalf,
      who: theTeam,
      order: 15,
    },
  ],
  personDoors: [
    { text: 'Write to them', path: messagePaths.toPerson, who: theTeam, order: 30, needsPlace: true },
    { text: 'Write down a message from them', path: messagePaths.onBehalfOf, who: theTeam, order: 31 },
  ],
  due: messagesDue,
  late: lateMessages,
  home: messagesAtHome,
  week: messagesInTheWeek,
  held: messagesHeld,
  leaving: messagesLeaving,
  kept: [messagesKept],
  settings: [messagesKept.months],
  replies: [messageReplies],
}
