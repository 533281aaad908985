import { Temporal } from 'temporal-polyfill'
import { dateInWords, timeInWords } from './words.ts'

const london = 'Europe/London'

/** A time as it is typed: "2:30pm", "14:30", "2.30 pm", "9am", "midday". @returns undefined for anything else */
export function readTime(given: string): Temporal.PlainTime | undefined {
  const typed = given.trim().toLowerCase().replace(/\s+/g, '')
  if (typed === 'midday' || typed === 'noon') return Temporal.PlainTime.from('12:00')
  if (typed === 'midnight') return Temporal.PlainTime.from('00:00')
  const found = /^(\d{1,2})(?:[:.](\d{2}))?(a\.?m\.?|p\.?m\.?)?$/.exec(typed)
  if (!found) return undefined
  const [, hours = '', minutes, half] = found
  let hour = Number(hours)
  const minute = Number(minutes ?? 0)
  // "14" alone could be anything; "2" even more so.
  if (minutes === undefined && half === undefined) return undefined
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined
    hour = (hour % 12) + (half.startsWith('p') ? 12 : 0)
  }
  return hour < 24 && minute < 60 ? new Temporal.PlainTime(hour, minute) : undefined
}

export type Moment =
  | { readonly ok: true; readonly at: Temporal.Instant }
  /** The clocks change then: the hour is not there, or is there twice. */
  | { readonly ok: false; readonly why: 'not-there' | 'twice'; readonly sentence: string }

/** A day and a time in London as one moment, or why they are none. */
export function momentAt(day: Temporal.PlainDate, time: Temporal.PlainTime): Moment {
  const there = day.toPlainDateTime(time)
  const [one, other] = (['earlier', 'later'] as const).map(disambiguation =>
    there.toZonedDateTime(london, { disambiguation }),
  ) as [Temporal.ZonedDateTime, Temporal.ZonedDateTime]
  if (one.equals(other)) return { ok: true, at: one.toInstant() }
  const isThere = other.toPlainTime().equals(time)
  return {
    ok: false,
    why: isThere ? 'twice' : 'not-there',
    sentence: isThere
      ? `The clocks go back on ${dateInWords(day)}, so ${timeInWords(time)} comes twice that day. Choose a time before 1am or from 2am`
      : `The clocks go forward on ${dateInWords(day)}, so there is no ${timeInWords(time)} that day. Choose another time`,
  }
}
