import type { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { isWorkingDay } from '#kernel/calendar/working-days.ts'

type PlainDate = Temporal.PlainDate

/** When groups meet, in days from the day the demonstration is made, so that it never looks old. */
export interface MeetingPlan {
  readonly group: string
  readonly inDays: readonly number[]
  readonly hour: number
}

export const wminMeetings: readonly MeetingPlan[] = [
  { group: 'operational-board', inDays: [-164, -103, -42, 16, 77], hour: 14 },
  { group: 'paediatric-sig', inDays: [-130, -72, -21, 23, 86], hour: 12 },
  { group: 'mri-sig', inDays: [-88, -33, 30], hour: 13 },
  { group: 'ct-sig', inDays: [-60, 41], hour: 16 },
  { group: 'digital', inDays: [-95, -25, 34], hour: 10 },
  { group: 'pathways', inDays: [-110, -50, 12], hour: 11 },
  { group: 'plain-film-sig', inDays: [-64, 37], hour: 9 },
  { group: 'breast-sig', inDays: [-47, 44], hour: 15 },
]

export const exampleMeetings: readonly MeetingPlan[] = [
  { group: 'operational-board', inDays: [-55, 26], hour: 14 },
]

/** The working day so many days from `today`, or the next one after it. */
export function dayFrom(today: PlainDate, days: number): PlainDate {
  let day = today.add({ days })
  while (!isWorkingDay(day)) day = day.add({ days: 1 })
  return day
}

export function atHour(day: PlainDate, hour: number, minute = 0): Temporal.Instant {
  return day.toZonedDateTime({ timeZone: 'Europe/London', plainTime: { hour, minute } }).toInstant()
}

/** "Operational Board, 3 March 2027". */
export function meetingTitle(shortName: string, day: PlainDate): string {
  return `${shortName}, ${dateInWords(day)}`
}
