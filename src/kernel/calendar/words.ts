import { Temporal } from 'temporal-polyfill'
import { isEstimate, isLate, workingDaysBetween } from './working-days.ts'

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** "3 March 2027" (R47). */
export function dateInWords(day: Temporal.PlainDate): string {
  return `${day.day} ${months[day.month - 1]} ${day.year}`
}

/** "2:30pm", "9am", "midday", "midnight" (R47). */
export function timeInWords(time: { hour: number; minute: number }): string {
  if (time.minute === 0 && time.hour === 12) return 'midday'
  if (time.minute === 0 && time.hour === 0) return 'midnight'
  const hour = time.hour % 12 === 0 ? 12 : time.hour % 12
  const minutes = time.minute === 0 ? '' : `:${String(time.minute).padStart(2, '0')}`
  return `${hour}${minutes}${time.hour < 12 ? 'am' : 'pm'}`
}

/** "3 March 2027, 2:30pm", in London. */
export function momentInWords(instant: Temporal.Instant): string {
  const there = instant.toZonedDateTimeISO('Europe/London')
  return `${dateInWords(there.toPlainDate())}, ${timeInWords(there)}`
}

export interface Due {
  /** "by 3 March 2027", "by today", "2 working days late". */
  readonly words: string
  readonly late: boolean
}

/** By when, or how late in working days; says when the day is an estimate (R27). */
export function dueInWords(due: Temporal.PlainDate, today: Temporal.PlainDate): Due {
  if (isLate(due, today)) {
    const days = Math.max(1, workingDaysBetween(due, today))
    return { words: `${days} working ${days === 1 ? 'day' : 'days'} late`, late: true }
  }
  const day = Temporal.PlainDate.compare(due, today) === 0 ? 'today' : dateInWords(due)
  return { words: `by ${day}${isEstimate(due) ? ' (estimated)' : ''}`, late: false }
}
