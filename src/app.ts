import type { Hono } from 'hono'
import { reference } from '#kernel/references.ts'
import type { DemoClock } from '#platform/clock.ts'
import type { House } from '#platform/house.ts'
import { type Bindings, openCorridor } from '#platform/http/corridor.tsx'
import { promisesLate } from '#platform/http/lateness.ts'
import type { Slice } from '#platform/http/route.ts'
import { actions } from '#slices/actions/index.ts'
import { chairRequests } from '#slices/chair-requests/index.ts'
import { actionOfViewEnded, contributionPaths, contributions } from '#slices/contributions/index.ts'
import { home } from '#slices/home/index.ts'
import { installation } from '#slices/installation/index.ts'
import { interests, interestsOfMeeting } from '#slices/interests/index.ts'
import { meetings } from '#slices/meetings/index.ts'
import { minutes, minutesOfMeeting } from '#slices/minutes/index.ts'
import { networks } from '#slices/networks/index.ts'
import { papers, papersOfMeeting } from '#slices/papers/index.ts'
import { promises } from '#slices/promises/index.ts'
import { registration } from '#slices/registration/index.ts'
import { search } from '#slices/search/index.ts'
import { signIn } from '#slices/sign-in/index.ts'
import { team } from '#slices/team/index.ts'
import { votes, votesOfMeeting } from '#slices/votes/index.ts'
import { youSaidWeDid } from '#slices/you-said-we-did/index.ts'

export interface App {
  readonly http: Hono<{ Bindings: Bindings }>
  readonly slices: readonly Slice[]
}

/** The list of rooms, and one corridor to all of them. */
export function openApp(
  house: House,
  demo?: { clock: DemoClock; runDay: (slices: readonly Slice[]) => Promise<void> },
): App {
  const slices: Slice[] = [
    networks,
    registration,
    home(() => slices),
    contributions,
    actions({
      ended: actionOfViewEnded,
      hrefOf: (slug, number) => contributionPaths.one(slug, reference('C', number)),
    }),
    chairRequests,
    meetings([papersOfMeeting, interestsOfMeeting, votesOfMeeting, minutesOfMeeting]),
    papers,
    interests,
    votes,
    minutes,
    youSaidWeDid,
    promises,
    search(() => slices),
    team,
    signIn(house),
    installation(house, demo && { clock: demo.clock, runDay: () => demo.runDay(slices) }),
  ]
  house.metrics.measure('promises_late', 'Promises that are late now, in all networks, by kind', 'kind', () =>
    promisesLate(house, slices),
  )
  return { http: openCorridor(house, slices), slices }
}
