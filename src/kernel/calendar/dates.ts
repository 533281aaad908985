import { Temporal } from 'temporal-polyfill'

export type ReadDate =
  | { readonly ok: true; readonly date: Temporal.PlainDate }
  /** `nothing`: none of the three was given. */
  | {
      readonly ok: false
      readonly nothing: boolean
      readonly part: 'day' | 'month' | 'year'
      readonly sentence: string
    }

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

/** Three fields of a date as typed: says what is missing or impossible (R47). A month may be a word. */
export function readDate(day: string, month: string, year: string): ReadDate {
  const [d, m, y] = [day.trim(), month.trim(), year.trim()]
  const no = (part: 'day' | 'month' | 'year', sentence: string, nothing = false): ReadDate => ({
    ok: false,
    nothing,
    part,
    sentence,
  })
  if (!d && !m && !y) return no('day', 'Enter a date', true)
  const missing = [!d && 'a day', !m && 'a month', !y && 'a year'].filter(Boolean)
  if (missing.length > 0) {
    return no(!d ? 'day' : !m ? 'month' : 'year', `The date must include ${missing.join(' and ')}`)
  }
  if (!/^\d{4}$/.test(y)) return no('year', 'The year must have 4 numbers, like 2027')
  const monthNumber = /^\d{1,2}$/.test(m) ? Number(m) : monthNamed(m)
  if (!monthNumber || monthNumber > 12) return no('month', 'The month must be a number from 1 to 12')
  if (!/^\d{1,2}$/.test(d) || Number(d) < 1 || Number(d) > 31)
    return no('day', 'The day must be a number from 1 to 31')
  try {
    const date = Temporal.PlainDate.from(
      { year: Number(y), month: monthNumber, day: Number(d) },
      { overflow: 'reject' },
    )
    return { ok: true, date }
  } catch {
    return no('day', 'The date must be a real date')
  }
}

function monthNamed(word: string): number {
  const wanted = word.toLowerCase()
  return wanted.length < 3 ? 0 : months.findIndex(name => name.startsWith(wanted)) + 1
}
