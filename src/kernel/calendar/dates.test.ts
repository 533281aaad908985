import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { readDate } from './dates.ts'
import { dateInWords } from './words.ts'

const aDay = fc
  .integer({ min: 0, max: 40_000 })
  .map(days => Temporal.PlainDate.from('1990-01-01').add({ days }))

test('a date is read as it is written: with numbers, with words, with blanks around', () => {
  fc.assert(
    fc.property(aDay, day => {
      const [d = '', month = '', y = ''] = dateInWords(day).split(' ')
      for (const m of [String(day.month), String(day.month).padStart(2, '0'), month, month.slice(0, 3)]) {
        const read = readDate(` ${d} `, m.toUpperCase(), `${y} `)
        expect(read.ok && read.date.equals(day), `${d} ${m} ${y}`).toBe(true)
      }
    }),
  )
})

test('whatever is typed as a date gives the date or a sentence, and never a day that is not there', () => {
  const typed = fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.integer({ min: -3, max: 40 }).map(String),
    fc.integer({ min: 1899, max: 2101 }).map(String),
  )
  fc.assert(
    fc.property(typed, typed, typed, (day, month, year) => {
      const read = readDate(day, month, year)
      if (read.ok) {
        expect(read.date.day).toBe(Number(day))
        expect(read.date.year).toBe(Number(year))
      } else expect(read.sentence).toMatch(/^(Enter a date|The )/)
    }),
  )
})

test.each([
  ['29', '2', '2027', 'day', 'The date must be a real date'],
  ['31', '4', '2026', 'day', 'The date must be a real date'],
  ['32', '1', '2026', 'day', 'The day must be a number from 1 to 31'],
  ['1', '13', '2026', 'month', 'The month must be a number from 1 to 12'],
  ['1', 'ma', '2026', 'month', 'The month must be a number from 1 to 12'],
  ['1', '1', '26', 'year', 'The year must have 4 numbers, like 2027'],
  ['', '1', '2026', 'day', 'The date must include a day'],
  ['1', '', '', 'month', 'The date must include a month and a year'],
  ['', ' ', '', 'day', 'Enter a date'],
])('%j %j %j is no date: the %s is marked and the sentence says why', (day, month, year, part, sentence) => {
  expect(readDate(day, month, year)).toMatchObject({ ok: false, part, sentence })
})

test('the 29th of February is a date in a leap year', () => {
  expect(readDate('29', 'feb', '2028').ok).toBe(true)
})
