import { Temporal } from 'temporal-polyfill'
import { addWorkingDays } from '#kernel/calendar/working-days.ts'
import { type ClockSettings, clockOn } from '#kernel/clocks.ts'
import { type Contribution, turnOf } from './contribution.ts'

type PlainDate = Temporal.PlainDate

/** What the clock does with a contribution that nobody touches (LOOP-13, LOOP-16). */
export interface Wake {
  readonly on: PlainDate
  readonly what: 'remind' | 'chase' | 'late' | 'escalate' | 'remind-verdict' | 'end'
}

/** In the order in which they come. All hang on the promise as it was made, never on today's number for it. */
export function wakesOf(it: Contribution, clocks: ClockSettings): readonly Wake[] {
  if (it.state === 'fed-back') {
    return [
      { on: it.remindOn, what: 'remind-verdict' },
      { on: it.endsOn, what: 'end' },
    ]
  }
  const { due } = turnOf(it)
  if (!due) return []
  const before = addWorkingDays(due, -clockOn('remind-before', due, clocks))
  const chasing = it.state === 'passed-on' && it.answer === null
  return [
    { on: before, what: 'remind' },
    ...(chasing ? [{ on: due, what: 'chase' } as const] : []),
    { on: due.add({ days: 1 }), what: 'late' },
    { on: addWorkingDays(due, clockOn('escalate', due, clocks)).add({ days: 1 }), what: 'escalate' },
  ]
}

/**
 * The first waking after a step. What is late stays late: its tellings are looked at again, and each of them is
 * given once only.
 */
export function firstWake(it: Contribution, clocks: ClockSettings, today: PlainDate): PlainDate | null {
  const late = wakesOf(it, clocks).find(each => each.what === 'late')
  return late && Temporal.PlainDate.compare(late.on, today) <= 0 ? late.on : nextWake(it, clocks, today)
}

/** The first day after `day` on which the clock acts here. */
export function nextWake(it: Contribution, clocks: ClockSettings, day: PlainDate): PlainDate | null {
  return wakesOf(it, clocks).find(each => Temporal.PlainDate.compare(each.on, day) > 0)?.on ?? null
}

/**
 * What is to be done today in a contribution that was to be woken on `wakeOn`: after a standstill, what has been
 * overtaken is left out, so that nobody is reminded of a promise that is late already.
 */
export function wakesNow(
  it: Contribution,
  clocks: ClockSettings,
  wakeOn: PlainDate,
  today: PlainDate,
): readonly Wake[] {
  const due = wakesOf(it, clocks).filter(
    each =>
      Temporal.PlainDate.compare(each.on, today) <= 0 && Temporal.PlainDate.compare(each.on, wakeOn) >= 0,
  )
  const late = due.some(each => each.what === 'late' || each.what === 'escalate')
  const ends = due.some(each => each.what === 'end')
  return due.filter(
    each =>
      !(late && (each.what === 'remind' || each.what === 'chase')) &&
      !(ends && each.what === 'remind-verdict'),
  )
}
