import type { Door } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { teamPaths as paths } from './paths.ts'

const reaching = { in: 'team', under: 'Calls, letters and messages', who: theTeam } as const

/** Ways into the team's own rooms. */
export const teamDoors: readonly Door[] = [
  {
    in: 'home',
    text: 'The team’s work',
    hint: 'What waits for the team.',
    path: paths.front,
    who: theTeam,
    order: 30,
  },
  {
    in: 'home',
    text: 'Calls to make',
    hint: 'To people who chose the phone.',
    path: paths.calls,
    who: theTeam,
    order: 60,
  },
  {
    in: 'home',
    text: 'Letters to send',
    hint: 'To people who chose post.',
    path: paths.letters,
    who: theTeam,
    order: 70,
  },
  {
    in: 'home',
    text: 'Messages that were not sent',
    hint: 'See why, and try again.',
    path: paths.messages,
    who: theTeam,
    order: 120,
  },
  {
    in: 'team',
    under: 'People',
    text: 'People',
    hint: 'Places in groups, posts, and who is away',
    path: paths.people,
    who: theTeam,
    order: 10,
  },
  { ...reaching, text: 'Calls to make', path: paths.calls, order: 10 },
  { ...reaching, text: 'Letters to post', path: paths.letters, order: 20 },
  {
    ...reaching,
    text: 'All messages',
    hint: 'What was sent to whom, and what was not',
    path: slug => paths.messages(slug),
    order: 30,
  },
]
