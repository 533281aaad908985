import type { Temporal } from 'temporal-polyfill'
import { accept, type Decision, happened, refuse } from '#kernel/decision.ts'

/** "I’d like to know more about…", on its way to an answer or a session. */
export interface Wish {
  readonly state: 'asked' | 'in-a-session' | 'answered' | 'withdrawn'
  readonly dueOn: Temporal.PlainDate
}

export const stateWords: Record<Wish['state'], string> = {
  asked: 'With the team',
  'in-a-session': 'In a session',
  answered: 'Answered',
  withdrawn: 'Taken back',
}

/** A step also says whether it keeps the promise of an answer or a day. */
type Step = Decision<Wish>

export function answer(it: Wish, words: string): Step {
  if (it.state === 'withdrawn') return refuse('withdrawn', 'This wish was taken back')
  if (words === '') return refuse('answer', 'Write the answer')
  return accept(
    { ...it, state: 'answered' },
    happened(it.state === 'answered' ? 'answered-again' : 'answered'),
  )
}

/** Its day is set: the person has a place in a session. */
export function putInSession(it: Wish, session: { id: number; title: string } | undefined): Step {
  if (it.state !== 'asked') return refuse('not-open', 'This wish does not wait any more')
  if (!session) return refuse('session', 'Choose a session from the list')
  return accept(
    { ...it, state: 'in-a-session' },
    happened('in-a-session', { id: session.id, title: session.title }),
  )
}

export function withdraw(it: Wish): Step {
  if (it.state === 'withdrawn') return refuse('withdrawn', 'This wish was taken back already')
  if (it.state === 'answered') return refuse('answered', 'This is answered already')
  return accept({ ...it, state: 'withdrawn' }, happened('withdrawn'))
}

/** The promise is an answer or a day: either keeps it, once. */
export const keepsPromise = (before: Wish, after: Wish): boolean =>
  before.state === 'asked' && (after.state === 'answered' || after.state === 'in-a-session')
