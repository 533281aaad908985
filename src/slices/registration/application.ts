import { Temporal } from 'temporal-polyfill'
import { type ClockSettings, promisedBy } from '#kernel/clocks.ts'
import { accept, type Decision, happened, type Refusal, refuse } from '#kernel/decision.ts'
import type { PlainDate } from '#platform/database/tables.ts'

/** Where somebody's wish to take part is. A state is data; what is late is worked out, never kept. */
export type Application =
  /** The team speaks with them by `due`. */
  | { readonly state: 'received'; readonly due: PlainDate }
  /** They were spoken with; by `due` they hear yes, or no and why. */
  | { readonly state: 'spoken-with'; readonly spokenOn: PlainDate; readonly due: PlainDate }
  /** Not now, by both sides' wish: the team is in touch again by `due`. */
  | {
      readonly state: 'keeping-in-touch'
      readonly why: string
      readonly spokenOn: PlainDate | null
      readonly due: PlainDate
    }
  | { readonly state: 'accepted'; readonly groupId: number; readonly on: PlainDate }
  /** `reason` is for the team's file, `words` is what the person was told. */
  | { readonly state: 'declined'; readonly reason: string; readonly words: string; readonly on: PlainDate }
  | { readonly state: 'withdrawn'; readonly on: PlainDate }
  /** The same person told us twice: the words stay here, all else goes on with the other application. */
  | { readonly state: 'merged'; readonly into: number; readonly on: PlainDate }

export type ApplicationState = Application['state']
export const applicationStates = [
  'received',
  'spoken-with',
  'keeping-in-touch',
  'accepted',
  'declined',
  'withdrawn',
  'merged',
] as const satisfies readonly ApplicationState[]

export interface When {
  readonly today: PlainDate
  readonly clocks: ClockSettings
}

type Step = Decision<Application>

/** @param saidOn the day they told us: the promise counts from there, also when it was written down later */
export function receive(
  saidOn: PlainDate,
  clocks: ClockSettings,
): Extract<Application, { state: 'received' }> {
  return { state: 'received', due: promisedBy('conversation', saidOn, clocks) }
}

export function noteConversation(it: Application, spokenOn: PlainDate, when: When): Step {
  if (!isOpen(it)) return over(it)
  if (isAfter(spokenOn, when.today)) {
    return refuse('not-yet', 'The day of the conversation must be today or in the past')
  }
  return accept(
    { state: 'spoken-with', spokenOn, due: promisedBy('application-answer', when.today, when.clocks) },
    happened('conversation-noted', { on: spokenOn.toString() }),
  )
}

/** Only somebody who was spoken with is let in: the conversation is theirs as much as ours. */
export function acceptInto(
  it: Application,
  place: { groupId: number; group: string },
  when: When,
): Decision<Extract<Application, { state: 'accepted' }>> {
  if (!isOpen(it)) return over(it)
  if (!('spokenOn' in it) || it.spokenOn === null) {
    return refuse('not-spoken-with', 'Note a conversation first: everybody is spoken with before we say yes')
  }
  return accept(
    { state: 'accepted', groupId: place.groupId, on: when.today },
    happened('accepted', { group: place.group }),
  )
}

export function decline(it: Application, why: { reason: string; words: string }, when: When): Step {
  if (!isOpen(it)) return over(it)
  return accept({ state: 'declined', ...why, on: when.today }, happened('declined'))
}

export function keepInTouch(it: Application, why: string, until: PlainDate, when: When): Step {
  if (!isOpen(it)) return over(it)
  if (!isAfter(until, when.today)) {
    return refuse('not-ahead', 'The day when you are in touch again must be in the future')
  }
  return accept(
    { state: 'keeping-in-touch', why, spokenOn: 'spokenOn' in it ? it.spokenOn : null, due: until },
    happened('keeping-in-touch', { until: until.toString() }),
  )
}

/** The applicant's own step, at any time before there is a place to withdraw from. */
export function withdraw(it: Application, when: When): Step {
  if (it.state === 'accepted') {
    return refuse('has-a-place', 'You have a place with us now. Tell the team that you want to leave it')
  }
  if (it.state === 'withdrawn' || it.state === 'merged') return over(it)
  return accept({ state: 'withdrawn', on: when.today }, happened('withdrawn'))
}

/** Somebody of the team found that two applications are of one person. Never done by itself (PEOPLE-1). */
export function mergeInto(it: Application, into: number, when: When): Step {
  if (!isOpen(it)) return over(it)
  return accept({ state: 'merged', into, on: when.today }, happened('merged', { into }))
}

/** The one that goes on: what was promised to them first still holds. */
export function takeIn(it: Application, other: { number: number; it: Application }): Step {
  if (!isOpen(it)) return over(it)
  const [own, theirs] = [dueOf(it), dueOf(other.it)]
  const sooner = it.state === 'received' && own !== null && theirs !== null && isAfter(own, theirs)
  return accept(sooner ? { ...it, due: theirs } : it, happened('took-in', { number: other.number }))
}

export const isOpen = (it: Application): boolean =>
  it.state === 'received' || it.state === 'spoken-with' || it.state === 'keeping-in-touch'

export const dueOf = (it: Application): PlainDate | null => ('due' in it ? it.due : null)

const isAfter = (one: PlainDate, other: PlainDate) => Temporal.PlainDate.compare(one, other) > 0

function over(it: Application): Refusal {
  switch (it.state) {
    case 'accepted':
      return refuse('over', 'This person was accepted already')
    case 'declined':
      return refuse('over', 'This was answered with no already')
    case 'withdrawn':
      return refuse('over', 'This was withdrawn already')
    case 'merged':
      return refuse('over', `This was joined with application ${it.into} already`)
    default:
      return refuse('over', 'This cannot be done now')
  }
}
