import { Temporal } from 'temporal-polyfill'
import { bankHolidays } from '#kernel/calendar/bank-holidays.ts'
import { addWorkingDays, isWorkingDay } from '#kernel/calendar/working-days.ts'
import type { PlainDate } from '#platform/database/tables.ts'

export interface PlannedDay {
  readonly on: PlainDate
  /** The day it would have been, and why it is not: a weekend, or a bank holiday by its name. */
  readonly instead?: { readonly of: PlainDate; readonly because: string }
}

/** A year of meetings, so many weeks apart; what falls on no working day goes to the next one (BOARD-2). */
export function yearByCadence(first: PlainDate, weeks: number): readonly PlannedDay[] {
  const end = first.add({ years: 1 })
  const days: PlannedDay[] = []
  for (let n = 0; ; n++) {
    const wished = first.add({ weeks: n * weeks })
    if (Temporal.PlainDate.compare(wished, end) >= 0) return days
    days.push(onAWorkingDay(wished))
  }
}

function onAWorkingDay(wished: PlainDate): PlannedDay {
  if (isWorkingDay(wished)) return { on: wished }
  return { on: addWorkingDays(wished, 0), instead: { of: wished, because: whyNot(wished)! } }
}

/** Why a day is no working day: "a Saturday", "a bank holiday (Easter Monday)". */
export function whyNot(day: PlainDate): string | undefined {
  const holiday = bankHolidays[day.toString()]
  if (holiday !== undefined) return `a bank holiday (${holiday})`
  return day.dayOfWeek === 6 ? 'a Saturday' : day.dayOfWeek === 7 ? 'a Sunday' : undefined
}
