import type { Hono } from 'hono'
import { reference } from '#kernel/references.ts'
import type { DemoClock } from '#platform/clock.ts'
import type { House } from '#platform/house.ts'
import { type Bindings, openCorridor } from '#platform/http/corridor.tsx'
import { promisesLate } from '#platform/http/lateness.ts'
import type { Slice } from '#platform/http/route.ts'
import { actions } from '#slices/actions/index.ts'
import { agreements } from '#slices/agreements/index.ts'
import { api } from '#slices/api/index.ts'
import { buddies } from '#slices/buddies/index.ts'
import { byEmail } from '#slices/by-email/index.ts'
import { chairRequests } from '#slices/chair-requests/index.ts'
import { concerns } from '#slices/concerns/index.ts'
import { connections } from '#slices/connections/index.ts'
import { actionOfViewEnded, contributionPaths, contributions } from '#slices/contributions/index.ts'
import { easyRead } from '#slices/easy-read/index.ts'
import { endings } from '#slices/endings/index.ts'
import { equality } from '#slices/equality/index.ts'
import { expenses } from '#slices/expenses/index.ts'
import { governance } from '#slices/governance/index.ts'
import { help } from '#slices/help/index.ts'
import { home } from '#slices/home/index.ts'
import { hospitalSignIn, hospitalWays } from '#slices/hospital-sign-in/index.ts'
import { imports } from '#slices/imports/index.ts'
import { induction } from '#slices/induction/index.ts'
import { installation } from '#slices/installation/index.ts'
import { interests, interestsOfMeeting } from '#slices/interests/index.ts'
import { learning } from '#slices/learning/index.ts'
import { mailOut } from '#slices/mail-out/index.ts'
import { meetings } from '#slices/meetings/index.ts'
import { messages } from '#slices/messages/index.ts'
import { minutes, minutesOfMeeting } from '#slices/minutes/index.ts'
import { myData } from '#slices/my-data/index.ts'
import { networkSettings } from '#slices/network-settings/index.ts'
import { networks } from '#slices/networks/index.ts'
import { newNetwork } from '#slices/new-network/index.ts'
import { notifications } from '#slices/notifications/index.ts'
import { notify } from '#slices/notify/index.ts'
import { ownSpace } from '#slices/own-space/index.ts'
import { papers, papersOfMeeting } from '#slices/papers/index.ts'
import { preferences } from '#slices/preferences/index.ts'
import { priorities } from '#slices/priorities/index.ts'
import { projects } from '#slices/projects/index.ts'
import { promises } from '#slices/promises/index.ts'
import { mailIn, registration } from '#slices/registration/index.ts'
import { retention } from '#slices/retention/index.ts'
import { roles } from '#slices/roles/index.ts'
import { search } from '#slices/search/index.ts'
import { signIn } from '#slices/sign-in/index.ts'
import { needsOfMeeting, supportNeeds } from '#slices/support-needs/index.ts'
import { tasks } from '#slices/tasks/index.ts'
import { team } from '#slices/team/index.ts'
import { translations } from '#slices/translations/index.ts'
import { trustContacts } from '#slices/trust-contacts/index.ts'
import { voices } from '#slices/voices/index.ts'
import { votes, votesOfMeeting } from '#slices/votes/index.ts'
import { week } from '#slices/week/index.ts'
import { whatWasSaid } from '#slices/what-was-said/index.ts'
import { withdrawal } from '#slices/withdrawal/index.ts'
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
    networks(() => slices),
    registration,
    mailIn(house, () => slices),
    byEmail(() => slices),
    roles,
    easyRead,
    equality,
    voices,
    home(() => slices),
    contributions,
    actions({
      ended: actionOfViewEnded,
      hrefOf: (slug, number) => contributionPaths.one(slug, reference('C', number)),
    }),
    chairRequests,
    translations,
    meetings([papersOfMeeting, interestsOfMeeting, votesOfMeeting, minutesOfMeeting, needsOfMeeting]),
    papers,
    interests,
    votes,
    minutes,
    supportNeeds,
    preferences(house),
    mailOut,
    notify(house),
    notifications(house, () => slices),
    whatWasSaid,
    induction,
    learning,
    agreements,
    concerns,
    endings,
    withdrawal(() => slices),
    myData(() => slices),
    retention(() => slices),
    tasks,
    projects,
    priorities,
    expenses,
    messages,
    buddies,
    ownSpace,
    trustContacts,
    governance,
    week(() => slices),
    networkSettings(() => slices),
    connections(house, () => slices),
    newNetwork(house, () => slices),
    youSaidWeDid,
    promises,
    help,
    imports,
    search(() => slices),
    team(() => slices),
    signIn(house, () => slices, hospitalWays(house)),
    hospitalSignIn(house),
    installation(house, demo && { clock: demo.clock, runDay: () => demo.runDay(slices) }),
  ]
  slices.push(api([...slices]))
  house.metrics.measure('promises_late', 'Promises that are late now, in all networks, by kind', 'kind', () =>
    promisesLate(house, slices),
  )
  return { http: openCorridor(house, slices), slices }
}
