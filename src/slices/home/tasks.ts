import type { Entry } from '#platform/database/connect.ts'
import { doorsOf, type Slice } from '#platform/http/route.ts'
import { type Actor, holdsPost, isTeam, isVolunteer } from '#platform/permission.ts'

/** What this kind of person mainly comes to do. */
export interface HomeTask {
  readonly text: string
  readonly hint?: string
  readonly href: string
}

/** The one thing that everybody with a place comes to do. */
export const saySomething = 'Say something'

interface Offered {
  /** The route's path: the link is shown only where the route lets this person in. */
  readonly path: string
  readonly text: string
  readonly hint: string
  /** Left out: everyone whom the route lets in. */
  readonly suits?: (actor: Actor) => boolean
}

const leadsSomething = (actor: Actor) =>
  actor.memberships.some(each => each.role === 'chair' || each.role === 'deputy')
const belongs = (actor: Actor) => actor.memberships.length > 0
const notYetIn = (actor: Actor) =>
  actor.memberships.length === 0 && actor.posts.length === 0 && actor.trustIds.length === 0

/** In the order in which they are shown. */
const offered: readonly Offered[] = [
  {
    path: '/:network/contributions/new',
    text: saySomething,
    hint: 'An idea, an experience or a question. You do not need to know about imaging.',
    suits: belongs,
  },
  {
    path: '/:network/requests/new',
    text: 'Ask a special interest group',
    hint: 'For information, data, context, background or education.',
    suits: actor => isVolunteer(actor) || leadsSomething(actor),
  },
  { path: '/:network/team', text: 'The team’s work', hint: 'What waits for the team.', suits: isTeam },
  {
    path: '/:network/team/applications',
    text: 'People who want to take part',
    hint: 'Talk with them, accept, or kindly decline.',
    suits: isTeam,
  },
  {
    path: '/:network/contributions/on-behalf',
    text: 'Write down what somebody said',
    hint: 'On the phone, by post or in the room.',
    suits: isTeam,
  },
  {
    path: '/:network/team/calls',
    text: 'Calls to make',
    hint: 'To people who chose the phone.',
    suits: isTeam,
  },
  {
    path: '/:network/team/letters',
    text: 'Letters to send',
    hint: 'To people who chose post.',
    suits: isTeam,
  },
  {
    path: '/:network/contributions',
    text: 'What people said',
    hint: 'Every view that you may see, and where it is.',
    suits: actor => belongs(actor) || isTeam(actor),
  },
  {
    path: '/:network/requests',
    text: 'Requests to special interest groups',
    hint: 'What was asked, whose turn it is and by when.',
    suits: actor => belongs(actor) || isTeam(actor),
  },
  { path: '/:network/meetings', text: 'Meetings', hint: 'When groups meet, and what they talk about.' },
  { path: '/:network/actions', text: 'Actions', hint: 'What was agreed, who does it and by when.' },
  {
    path: '/:network/team/messages',
    text: 'Messages that were not sent',
    hint: 'See why, and try again.',
    suits: actor => isTeam(actor) || holdsPost(actor, 'administrator'),
  },
  {
    path: '/:network/you-said-we-did',
    text: 'You said, we did',
    hint: 'What came of what people said.',
  },
  {
    path: '/:network/promises',
    text: 'Promises kept',
    hint: 'How well the network keeps its word.',
    suits: actor => isTeam(actor) || leadsSomething(actor) || notYetIn(actor) || actor.trustIds.length > 0,
  },
  { path: '/:network/account', text: 'Your account', hint: 'How we reach you, and your devices.' },
]

export function tasksFor(
  actor: Actor,
  network: Pick<Entry, 'slug' | 'settings'>,
  slices: readonly Slice[],
): HomeTask[] {
  const routes = slices.flatMap(slice => slice.routes)
  const opens = (path: string): boolean =>
    routes.some(route => {
      if (route.path !== path || route.kind === 'plain' || (route.kind === 'form' && route.page === false)) {
        return false
      }
      try {
        return route.who.holds(actor, undefined as never)
      } catch {
        // Its rule asks about a thing that only opening it finds: no link to what may not be there.
        return false
      }
    })
  return [
    ...offered
      .filter(each => (each.suits?.(actor) ?? true) && opens(each.path))
      .map(({ text, hint, path }) => ({ text, hint, href: path.replace('/:network', `/${network.slug}`) })),
    ...doorsOf(slices, 'home', actor, network),
  ]
}
