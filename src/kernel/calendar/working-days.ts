import { Temporal } from 'temporal-polyfill'
import { bankHolidays, listEndsOn } from './bank-holidays.ts'

type PlainDate = Temporal.PlainDate
type Instant = Temporal.Instant

const london = 'Europe/London'
const lastListed = Temporal.PlainDate.from(listEndsOn)

/** Monday to Friday, less the bank holidays of England and Wales (rules.md, "Days"). */
export function isWorkingDay(day: PlainDate): boolean {
  return day.dayOfWeek <= 5 && !(day.toString() in bankHolidays)
}

/**
 * Working days on (or back, for a negative number). The day itself is not counted; nought gives the day itself
 * when it is a working day, else the next one.
 */
export function addWorkingDays(from: PlainDate, days: number): PlainDate {
  const step = days < 0 ? -1 : 1
  let day = from
  if (days === 0) while (!isWorkingDay(day)) day = day.add({ days: 1 })
  for (let left = Math.abs(days); left > 0; ) {
    day = day.add({ days: step })
    if (isWorkingDay(day)) left -= 1
  }
  return day
}

/** Working days after `from`, up to and with `to`; negative when `to` lies before. */
export function workingDaysBetween(from: PlainDate, to: PlainDate): number {
  if (Temporal.PlainDate.compare(to, from) < 0) return 0 - workingDaysBetween(to, from)
  let count = 0
  for (let day = from; Temporal.PlainDate.compare(day, to) < 0; ) {
    day = day.add({ days: 1 })
    if (isWorkingDay(day)) count += 1
  }
  return count
}

/** The published list of bank holidays does not reach this day (R27). */
export function isEstimate(day: PlainDate): boolean {
  return Temporal.PlainDate.compare(day, lastListed) > 0
}

/** A promise holds until the end of its day in London: the first instant of the next day is late. */
export function endOfDay(day: PlainDate): Instant {
  return day.add({ days: 1 }).toZonedDateTime(london).toInstant()
}

/** The calendar day in London. */
export function dayOf(instant: Instant): PlainDate {
  return instant.toZonedDateTimeISO(london).toPlainDate()
}

/** Late is always worked out, never stored. */
export function isLate(due: PlainDate | null | undefined, today: PlainDate): boolean {
  return due != null && Temporal.PlainDate.compare(today, due) > 0
}
