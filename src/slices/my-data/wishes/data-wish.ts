import { Temporal } from 'temporal-polyfill'
import { addWorkingDays } from '#kernel/calendar/working-days.ts'
import { accept, type Decision, happened, type Refusal, refuse } from '#kernel/decision.ts'

type PlainDate = Temporal.PlainDate

/** A wish about somebody's own data, and the days that hold for it (R6). */
export interface Days {
  readonly receivedOn: PlainDate
  /** Our own promise. */
  readonly dueOn: PlainDate
  /** The end that the law sets. */
  readonly lastDay: PlainDate
  /** A pause or more time can be told of until here, whatever came since. */
  readonly firstMonth: PlainDate
  /** Months that were added, with the reason sent. */
  readonly extendedBy: 0 | 1 | 2
}

export type DataWish =
  | ({ readonly state: 'open' } & Days)
  | ({ readonly state: 'paused'; readonly since: PlainDate; readonly because: string } & Days)
  | ({ readonly state: 'done' | 'not-done' | 'taken-back' } & Days)

export type Step = Decision<DataWish>

/** The same day so many months on, or the last of that month; not a weekend or a bank holiday (R6). */
export const monthsAfter = (day: PlainDate, months: number): PlainDate =>
  addWorkingDays(day.add({ months }), 0)

export function receive(receivedOn: PlainDate, dueOn: PlainDate): DataWish {
  const lastDay = monthsAfter(receivedOn, 1)
  const sooner = Temporal.PlainDate.compare(dueOn, lastDay) > 0 ? lastDay : dueOn
  return { state: 'open', receivedOn, dueOn: sooner, lastDay, firstMonth: lastDay, extendedBy: 0 }
}

const over = (it: DataWish): Refusal | undefined =>
  it.state === 'open' || it.state === 'paused' ? undefined : refuse('over', 'This has been answered already')

const tooLate = (it: DataWish, today: PlainDate): Refusal | undefined =>
  Temporal.PlainDate.compare(today, it.firstMonth) > 0
    ? refuse('too-late', 'That can be said only within the first month. Please answer it now')
    : undefined

/** We must ask who it is, or what exactly is meant: until they answer, our time stands still. */
export function pause(it: DataWish, because: string, today: PlainDate): Step {
  if (it.state === 'paused') return refuse('paused', 'You have asked already, and wait for their answer')
  return (
    over(it) ??
    tooLate(it, today) ??
    accept({ ...daysOf(it), state: 'paused', since: today, because }, happened('data-wish-paused'))
  )
}

/** They answered: as many days are left as before. */
export function resume(it: DataWish, today: PlainDate): Step {
  if (it.state !== 'paused') return refuse('not-paused', 'Nothing is waited for here')
  const { days } = it.since.until(today, { largestUnit: 'days' })
  return accept(
    {
      ...daysOf(it),
      state: 'open',
      dueOn: addWorkingDays(it.dueOn.add({ days }), 0),
      lastDay: addWorkingDays(it.lastDay.add({ days }), 0),
    },
    happened('data-wish-resumed'),
  )
}

/** One or two months more for what is hard, with the reason, told within the first month. */
export function extend(it: DataWish, months: 1 | 2, today: PlainDate): Step {
  if (it.extendedBy !== 0) return refuse('extended', 'More time was taken already, and only once is allowed')
  return (
    over(it) ??
    tooLate(it, today) ??
    accept(
      {
        ...it,
        extendedBy: months,
        lastDay: monthsAfter(it.receivedOn, 1 + months),
        dueOn: monthsAfter(it.receivedOn, 1 + months),
      },
      happened('data-wish-extended', { months }),
    )
  )
}

export function answer(it: DataWish, done: boolean): Step {
  return (
    over(it) ??
    accept(
      { ...daysOf(it), state: done ? 'done' : 'not-done' },
      happened(done ? 'data-wish-done' : 'data-wish-not-done'),
    )
  )
}

export function takeBack(it: DataWish): Step {
  return over(it) ?? accept({ ...daysOf(it), state: 'taken-back' }, happened('data-wish-taken-back'))
}

const daysOf = ({ receivedOn, dueOn, lastDay, firstMonth, extendedBy }: DataWish): Days => ({
  receivedOn,
  dueOn,
  lastDay,
  firstMonth,
  extendedBy,
})
