import { dateInWords, timeInWords } from '#kernel/calendar/words.ts'
import type { Instant, PlainDate } from '#platform/database/tables.ts'

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** "Wednesday 3 March 2027, 2pm to 4pm", in London. */
export function fromTo(startsAt: Instant, minutesLong: number): string {
  const from = startsAt.toZonedDateTimeISO('Europe/London')
  const to = from.add({ minutes: minutesLong })
  return `${days[from.dayOfWeek - 1]} ${dateInWords(from.toPlainDate())}, ${timeInWords(from)} to ${timeInWords(to)}`
}

export const clockTime = (at: Instant): string => timeInWords(at.toZonedDateTimeISO('Europe/London'))

export const weekday = (day: PlainDate): string => days[day.dayOfWeek - 1]!

/** "Wednesday 3 March 2027, 2pm", in London. */
export function dayAndTime(at: Instant): string {
  const there = at.toZonedDateTimeISO('Europe/London')
  return `${weekday(there.toPlainDate())} ${dateInWords(there.toPlainDate())}, ${timeInWords(there)}`
}
