import { Temporal } from 'temporal-polyfill'
import { accept, type Decision, happened, refuse } from '#kernel/decision.ts'
import type { ForRole } from '#slices/agreements/index.ts'

type PlainDate = Temporal.PlainDate

/** How far one person is with one module: it is finished when both have signed. */
export interface Progress {
  readonly personOn: PlainDate | null
  readonly teamOn: PlainDate | null
}

export const notBegun: Progress = { personOn: null, teamOn: null }

export type ModuleState = 'to-do' | 'waits-for-team' | 'waits-for-person' | 'finished'

export function moduleState({ personOn, teamOn }: Progress): ModuleState {
  if (personOn && teamOn) return 'finished'
  if (personOn) return 'waits-for-team'
  return teamOn ? 'waits-for-person' : 'to-do'
}

export const stateWords: Record<ModuleState, string> = {
  'to-do': 'Still to do',
  'waits-for-team': 'Done by you, the team signs next',
  'waits-for-person': 'The team has signed, you sign next',
  finished: 'Finished',
}

/** The later of the two days: from then on it counts. */
export const finishedOn = ({ personOn, teamOn }: Progress): PlainDate | null =>
  personOn && teamOn ? (Temporal.PlainDate.compare(personOn, teamOn) < 0 ? teamOn : personOn) : null

/** The person says that they have done it and that it is clear. */
export function signByPerson(it: Progress, today: PlainDate): Decision<Progress> {
  if (it.personOn) return refuse('signed', 'You have signed this module already')
  return done({ ...it, personOn: today }, 'person')
}

/** The team says that the person has what they need. */
export function signByTeam(it: Progress, today: PlainDate): Decision<Progress> {
  if (it.teamOn) return refuse('signed', 'The team has signed this module already')
  return done({ ...it, teamOn: today }, 'team')
}

/** Something was not clear after all: the module begins anew, and its votes with it. */
export function beginAgain(it: Progress): Decision<Progress> {
  if (!it.personOn && !it.teamOn) return refuse('not-begun', 'This module has not begun')
  return accept(notBegun, happened('begins-again'))
}

function done(after: Progress, by: 'person' | 'team'): Decision<Progress> {
  const ends = finishedOn(after) !== null
  return accept(after, happened('signed', { by }), ...(ends ? [happened('finished')] : []))
}

/** What decides whether a module keeps somebody from voting. */
export interface VotingRule {
  readonly roles: readonly ForRole[]
  readonly votingFrom: PlainDate | null
  readonly endedOn: PlainDate | null
}

/** `mayVoteOn` in plain code: what is missing for a vote in this role on this day. */
export const missingForVote = <M extends VotingRule & { readonly finishedOn: PlainDate | null }>(
  modules: readonly M[],
  role: ForRole,
  day: PlainDate,
): M[] =>
  modules.filter(
    each =>
      each.roles.includes(role) &&
      each.votingFrom !== null &&
      Temporal.PlainDate.compare(each.votingFrom, day) <= 0 &&
      (each.endedOn === null || Temporal.PlainDate.compare(each.endedOn, day) > 0) &&
      (each.finishedOn === null || Temporal.PlainDate.compare(each.finishedOn, day) > 0),
  )
