import { Temporal } from 'temporal-polyfill'
import { type ClockSettings, promisedBy } from '#kernel/clocks.ts'
import { type Decision, refuse } from '#kernel/decision.ts'
import type { PlainDate } from '#platform/database/tables.ts'

export type State = 'received' | 'acknowledged' | 'planned' | 'done' | 'ended'
export type EndHow = 'closed' | 'taken-back' | 'without-word'
export type SupportAnswer = 'wanted' | 'not-wanted'
/** Whoever raised it, or one of those whom they chose. There is nobody else. */
export type Side = 'raiser' | 'reader'

export interface Concern {
  readonly state: State
  readonly acknowledgeBy: PlainDate
  readonly acknowledgedOn: PlainDate | null
  readonly planBy: PlainDate
  readonly plannedOn: PlainDate | null
  readonly supportOfferedOn: PlainDate | null
  readonly supportAnswer: SupportAnswer | null
  readonly wordBy: PlainDate | null
  readonly endHow: EndHow | null
  readonly endedOn: PlainDate | null
  /** Kept past its time while the law or an inquiry needs it (R59). */
  readonly heldSince: PlainDate | null
}

interface When {
  readonly today: PlainDate
  readonly clocks: ClockSettings
}

type Step = Decision<Concern, never>
const now = (state: Concern): Step => ({ accepted: true, state, events: [] })

const ended = refuse('ended', 'This concern has ended. If there is more to say, raise a new one.')
const onlyReader = refuse('not-yours', 'Only the person who reads this concern can do that.')
const onlyRaiser = refuse('not-yours', 'Only the person who raised this concern can do that.')

export function raise({ today, clocks }: When): Concern {
  return {
    state: 'received',
    acknowledgeBy: promisedBy('concern-acknowledge', today, clocks),
    acknowledgedOn: null,
    planBy: promisedBy('concern-plan', today, clocks),
    plannedOn: null,
    supportOfferedOn: null,
    supportAnswer: null,
    wordBy: null,
    endHow: null,
    endedOn: null,
    heldSince: null,
  }
}

export function write(it: Concern): Step {
  return it.state === 'ended' ? ended : now(it)
}

export function acknowledge(it: Concern, side: Side, { today }: When): Step {
  if (side !== 'reader') return onlyReader
  if (it.state === 'ended') return ended
  if (it.acknowledgedOn) return refuse('done-already', 'You have said already that it arrived.')
  return now({
    ...it,
    state: it.state === 'received' ? 'acknowledged' : it.state,
    acknowledgedOn: today,
  })
}

/** Saying what will be done also says that it arrived. A plan can be changed. */
export function plan(it: Concern, side: Side, { today }: When): Step {
  if (side !== 'reader') return onlyReader
  if (it.state === 'ended') return ended
  if (it.state === 'done') {
    return refuse('done-already', 'You have said what was done. The word is with the person who raised it.')
  }
  return now({ ...it, state: 'planned', acknowledgedOn: it.acknowledgedOn ?? today, plannedOn: today })
}

export function offerSupport(it: Concern, side: Side, { today }: When): Step {
  if (side !== 'reader') return onlyReader
  return it.state === 'ended' ? ended : now({ ...it, supportOfferedOn: today, supportAnswer: null })
}

export function answerSupport(it: Concern, side: Side, answer: SupportAnswer): Step {
  if (side !== 'raiser') return onlyRaiser
  if (it.state === 'ended') return ended
  if (!it.supportOfferedOn) return refuse('nothing-offered', 'No support has been offered yet.')
  return now({ ...it, supportAnswer: answer })
}

export function sayDone(it: Concern, side: Side, { today, clocks }: When): Step {
  if (side !== 'reader') return onlyReader
  if (it.state === 'ended') return ended
  if (it.state !== 'planned') {
    return it.state === 'done'
      ? refuse('done-already', 'You have said what was done already.')
      : refuse('no-plan', 'First say what you will do. Then say what was done.')
  }
  if (!it.supportOfferedOn) {
    return refuse('no-support', 'First offer support to the person who raised this. Then say what was done.')
  }
  return now({ ...it, state: 'done', wordBy: promisedBy('end-unanswered', today, clocks) })
}

/** Their word ends it, or asks for a new plan. */
export function giveWord(
  it: Concern,
  side: Side,
  word: 'heard' | 'not-heard',
  { today, clocks }: When,
): Step {
  if (side !== 'raiser') return onlyRaiser
  if (it.state === 'ended') return ended
  if (it.state !== 'done') return refuse('not-done', 'You are asked for your word when something was done.')
  return word === 'heard'
    ? now({ ...it, state: 'ended', endHow: 'closed', endedOn: today })
    : now({
        ...it,
        state: 'acknowledged',
        plannedOn: null,
        wordBy: null,
        planBy: promisedBy('concern-plan', today, clocks),
      })
}

export function takeBack(it: Concern, side: Side, { today }: When): Step {
  if (side !== 'raiser') return onlyRaiser
  return it.state === 'ended' ? ended : now({ ...it, state: 'ended', endHow: 'taken-back', endedOn: today })
}

/** Also after its end: that is when it would be deleted. */
export function hold(it: Concern, side: Side, { today }: When): Step {
  if (side !== 'reader') return onlyReader
  return it.heldSince ? refuse('held', 'This is held already.') : now({ ...it, heldSince: today })
}

export function letGo(it: Concern, side: Side): Step {
  if (side !== 'reader') return onlyReader
  return it.heldSince ? now({ ...it, heldSince: null }) : refuse('not-held', 'This is not held.')
}

/** @param before the day before which what ended has had its time */
export const isToBeDeleted = (it: Pick<Concern, 'endedOn' | 'heldSince'>, before: PlainDate): boolean =>
  it.endedOn !== null && it.heldSince === null && Temporal.PlainDate.compare(it.endedOn, before) < 0

/** The clock's: nobody came back to say a word. */
export function endWithoutWord(it: Concern, { today }: When): Step {
  if (it.state !== 'done' || !it.wordBy || Temporal.PlainDate.compare(today, it.wordBy) <= 0) {
    return refuse('too-early', 'There is still time for a word.')
  }
  return now({ ...it, state: 'ended', endHow: 'without-word', endedOn: today })
}

/**
 * Who reads it from now on: only whoever raised it says so. When nobody of before stays, the clocks begin anew: the
 * new reader has the same time as the first had.
 */
export function chooseReaders(
  it: Concern,
  side: Side,
  chosen: readonly number[],
  given: { possible: readonly number[]; about: readonly number[]; before: readonly number[] },
  { today, clocks }: When,
): Step {
  if (side !== 'raiser') return onlyRaiser
  if (it.state === 'ended') return ended
  if (chosen.length === 0) return refuse('nobody', 'Choose at least one person to read it.')
  if (chosen.some(each => given.about.includes(each))) {
    return refuse('about-them', 'It is about this person. Choose somebody else to read it.')
  }
  if (!chosen.every(each => given.possible.includes(each))) {
    return refuse('not-possible', 'This person cannot read concerns. Choose somebody from the list.')
  }
  if (chosen.some(each => given.before.includes(each))) return now(it)
  const anew = raise({ today, clocks })
  return now({
    ...it,
    acknowledgeBy: it.acknowledgedOn ? it.acknowledgeBy : anew.acknowledgeBy,
    planBy: it.plannedOn ? it.planBy : anew.planBy,
  })
}

/** A reader who should not read it gives it back: whoever raised it chooses again. */
export function handBack(it: Concern, side: Side): Step {
  if (side !== 'reader') return onlyReader
  return it.state === 'ended' ? ended : now(it)
}

/** Whose turn it is, and by when. */
export function waitsFor(it: Concern): { side: Side | 'nobody'; what: string; by: PlainDate | null } {
  switch (it.state) {
    case 'received':
      return { side: 'reader', what: 'Say that it arrived', by: it.acknowledgeBy }
    case 'acknowledged':
      return { side: 'reader', what: 'Say what will be done', by: it.planBy }
    case 'planned':
      return { side: 'reader', what: 'Do it, and say what was done', by: null }
    case 'done':
      return { side: 'raiser', what: 'Say if this ends it', by: it.wordBy }
    case 'ended':
      return { side: 'nobody', what: 'Nothing more', by: null }
  }
}

export const stateWords: Record<State, string> = {
  received: 'Received',
  acknowledged: 'It has arrived',
  planned: 'There is a plan',
  done: 'Something was done',
  ended: 'Ended',
}

export const endWords: Record<EndHow, string> = {
  closed: 'The person who raised it said that this ends it.',
  'taken-back': 'The person who raised it took it back.',
  'without-word': 'Nobody came back to say a word in time.',
}
