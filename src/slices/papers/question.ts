import { Temporal } from 'temporal-polyfill'
import { addWorkingDays, dayOf } from '#kernel/calendar/working-days.ts'
import { type ClockSettings, clockOn } from '#kernel/clocks.ts'
import type { Instant, PlainDate } from '#platform/database/tables.ts'

/** Until when questions are asked so that the author can answer before the meeting (BOARD-9). */
export function questionDeadline(startsAt: Instant, today: PlainDate, clocks: ClockSettings): PlainDate {
  return addWorkingDays(dayOf(startsAt), -Math.max(1, clockOn('paper-question', today, clocks)))
}

/** By when it is answered: the working day before the meeting; a question after the deadline goes to the meeting. */
export function answerDue(
  startsAt: Instant,
  today: PlainDate,
  clocks: ClockSettings,
): { readonly dueOn: PlainDate; readonly forMeeting: boolean } {
  const day = dayOf(startsAt)
  const forMeeting = Temporal.PlainDate.compare(today, questionDeadline(startsAt, today, clocks)) > 0
  return { dueOn: forMeeting ? day : addWorkingDays(day, -1), forMeeting }
}
