import type { Temporal } from 'temporal-polyfill'
import { type ClockSettings, promisedBy } from '#kernel/clocks.ts'
import { accept, type Decision, happened, refuse } from '#kernel/decision.ts'
import type { HowSaid, Side, ThreadKind, Turn } from './tables.ts'

/** Whose turn it is, and for our side the last day of the promise. Pure: it touches nothing. */
export interface Thread {
  readonly kind: ThreadKind
  readonly turn: Turn
  readonly due: Temporal.PlainDate | null
}

export interface When {
  readonly today: Temporal.PlainDate
  readonly clocks: ClockSettings
}

export interface Written {
  readonly side: Side
  /** Our side says whether it waits for an answer; the person always gets one. */
  readonly wantsAnswer: boolean
  readonly how: HowSaid
  /** The team wrote down what the person said. */
  readonly recorded: boolean
}

/** A word of the person makes it our turn, by a day; a word of ours makes it theirs, or nobody's. */
export function write(it: Thread, given: Written, when: When): Decision<Thread> {
  const event = happened('written', {
    side: given.side,
    ...(given.recorded ? { recorded: true, how: given.how } : {}),
  })
  // Two buddies owe each other nothing by a day.
  if (it.kind === 'buddy')
    return accept({ ...it, turn: given.side === 'us' ? 'person' : 'us', due: null }, event)
  if (given.side === 'us')
    return accept({ ...it, turn: given.wantsAnswer ? 'person' : 'nobody', due: null }, event)
  // A second word before our answer does not put the day off.
  const due = it.turn === 'us' && it.due ? it.due : promisedBy('message-answer', when.today, when.clocks)
  return accept({ ...it, turn: 'us', due }, event)
}

export function begin(kind: ThreadKind): Thread {
  return { kind, turn: 'nobody', due: null }
}

/** Only the person says that nothing more is needed of us; we may say it of our own question. */
export function enough(it: Thread, side: Side): Decision<Thread> {
  if (it.turn === 'nobody') return refuse('over', 'Nobody waits for an answer here')
  if (it.kind === 'buddy') return refuse('buddies', 'Two buddies need not close anything')
  if (it.turn === 'us' && side === 'us')
    return refuse('owed', 'An answer is owed here. Write it, or ask the person whether they still need it')
  return accept({ ...it, turn: 'nobody', due: null }, happened('enough', { side }))
}
