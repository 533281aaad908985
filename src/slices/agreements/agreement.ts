import { Temporal } from 'temporal-polyfill'
import { accept, type Decision, happened, refuse } from '#kernel/decision.ts'
import { type Actor, isTeam } from '#platform/permission.ts'
import type { ForRole } from './tables.ts'

type PlainDate = Temporal.PlainDate

export const roleWords: Record<ForRole, string> = {
  volunteer: 'Volunteers',
  member: 'Professional members',
  chair: 'Chairs',
  deputy: 'Deputies',
  team: 'The team',
}
export const forRoles = Object.keys(roleWords) as [ForRole, ...ForRole[]]

/** In whose plan somebody is today. */
export const rolesOf = (actor: Pick<Actor, 'memberships' | 'posts'>): ForRole[] => [
  ...new Set<ForRole>([
    ...actor.memberships.map(each => each.role),
    ...(isTeam(actor as Actor) ? (['team'] as const) : []),
  ]),
]

/** Where one person stands with one version. */
export interface Standing {
  /** Null: nobody has asked them yet. */
  readonly dueOn: PlainDate | null
  readonly agreedOn: PlainDate | null
  /** They would like to talk first; their words are with the team. */
  readonly talkFirst: boolean
}

export type StandingState = 'agreed' | 'talk-first' | 'late' | 'asked'

/** Worked out, never stored. */
export function standingState(it: Standing, today: PlainDate): StandingState {
  if (it.agreedOn) return 'agreed'
  if (it.talkFirst) return 'talk-first'
  return it.dueOn && Temporal.PlainDate.compare(it.dueOn, today) < 0 ? 'late' : 'asked'
}

/** Agrees to a version, once. */
export function agree(
  it: Standing,
  isNewest: boolean,
  recorded: boolean,
  today: PlainDate,
): Decision<Standing> {
  if (it.agreedOn) return refuse('agreed', 'This version is agreed to already')
  if (!isNewest) return refuse('older', 'There is a newer version of this. Please read that one')
  return accept(
    { ...it, agreedOn: today, talkFirst: false },
    happened('agreed', recorded ? { recorded } : {}),
  )
}

/** Would like to talk before they agree: nobody is pressed. */
export function askToTalk(it: Standing, recorded: boolean): Decision<Standing> {
  if (it.agreedOn) return refuse('agreed', 'This version is agreed to already')
  return accept({ ...it, talkFirst: true }, happened('talk-first', recorded ? { recorded } : {}))
}

/** What is wrong with a new version as it was written down. */
export function versionCannot(
  given: { body: string; whatChanged: string; fromOn: PlainDate; agreeBy: PlainDate },
  before: { body: string; fromOn: PlainDate } | undefined,
  today: PlainDate,
) {
  if (Temporal.PlainDate.compare(given.fromOn, today) < 0)
    return refuse('from', 'The day from which it holds must be today or later')
  if (Temporal.PlainDate.compare(given.agreeBy, given.fromOn) < 0)
    return refuse('by', 'The day to agree by must not be before the day from which it holds')
  if (!before) return undefined
  if (before.body === given.body) return refuse('body', 'Nothing in the text has changed')
  if (given.whatChanged === '') return refuse('changed', 'Say in a sentence what changed')
  if (Temporal.PlainDate.compare(given.fromOn, before.fromOn) <= 0)
    return refuse('from', 'The day from which it holds must be after that of the version before')
  return undefined
}
