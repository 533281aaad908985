import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { type ClockSettings, clockOn, defaultClocks, promisedBy } from '../clocks.ts'
import { bankHolidays, listEndsOn } from './bank-holidays.ts'
import {
  addWorkingDays,
  dayOf,
  endOfDay,
  isEstimate,
  isLate,
  isWorkingDay,
  workingDaysBetween,
} from './working-days.ts'

const { compare } = Temporal.PlainDate
const first = Temporal.PlainDate.from('2019-01-01')
/** Days of the published list and some years beyond it. */
const aDay = fc.integer({ min: 0, max: 365 * 13 }).map(days => first.add({ days }))
const aNumber = fc.integer({ min: 0, max: 60 })

// Another way to know it, with nothing of ours but the list: days as numbers since 1970 (a Thursday).
const holidays = new Set(Object.keys(bankHolidays).map(day => Date.parse(day) / 86_400_000))
const count = (day: Temporal.PlainDate) => Date.UTC(day.year, day.month - 1, day.day) / 86_400_000
const works = (n: number) => (n + 4) % 7 !== 0 && (n + 4) % 7 !== 6 && !holidays.has(n)

test('LOOP-16 working days are Monday to Friday without the bank holidays of England', () => {
  fc.assert(fc.property(aDay, day => void expect(isWorkingDay(day)).toBe(works(count(day)))))
  for (const day of Object.keys(bankHolidays)) {
    expect(isWorkingDay(Temporal.PlainDate.from(day)), day).toBe(false)
    expect(Temporal.PlainDate.from(day).dayOfWeek, day).toBeLessThanOrEqual(5)
  }
})

test('LOOP-16 so many working days on is the first day with so many working days behind it', () => {
  fc.assert(
    fc.property(aDay, fc.integer({ min: 1, max: 60 }), (day, days) => {
      const all = Array.from({ length: 200 }, (_, at) => count(day) + 1 + at)
      expect(count(addWorkingDays(day, days))).toBe(all.filter(works)[days - 1])
      const back = Array.from({ length: 200 }, (_, at) => count(day) - 1 - at)
      expect(count(addWorkingDays(day, -days))).toBe(back.filter(works)[days - 1])
    }),
  )
})

test('LOOP-16 working days between are counted one by one, and change their sign with the direction', () => {
  fc.assert(
    fc.property(aDay, fc.integer({ min: 0, max: 400 }), (from, days) => {
      const to = from.add({ days })
      const between = Array.from({ length: days }, (_, at) => count(from) + 1 + at).filter(works).length
      expect(workingDaysBetween(from, to)).toBe(between)
      expect(workingDaysBetween(to, from)).toBe(0 - between)
    }),
  )
})

test('LOOP-16 there and back: adding and counting agree, steps add up, later starts never end earlier', () => {
  fc.assert(
    fc.property(aDay, aNumber, aNumber, (day, one, two) => {
      const there = addWorkingDays(day, one)
      expect(isWorkingDay(there)).toBe(true)
      if (one > 0) expect(workingDaysBetween(day, there)).toBe(one)
      const start = addWorkingDays(day, 0)
      expect(compare(addWorkingDays(addWorkingDays(start, one), -one), start)).toBe(0)
      expect(
        compare(addWorkingDays(addWorkingDays(day, one + 1), two), addWorkingDays(day, one + 1 + two)),
      ).toBe(0)
      expect(compare(addWorkingDays(day.add({ days: 1 }), one), there)).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('LOOP-16 known days: Easter, Christmas with substitutes, and a network that hears on a Saturday', () => {
  const on = (day: string, days: number) => addWorkingDays(Temporal.PlainDate.from(day), days).toString()
  expect(on('2026-04-02', 1)).toBe('2026-04-07')
  expect(on('2026-12-24', 1)).toBe('2026-12-29')
  expect(on('2027-12-24', 2)).toBe('2027-12-30')
  expect(on('2026-06-06', 2)).toBe('2026-06-09')
  expect(on('2026-06-06', 0)).toBe('2026-06-08')
})

test('LOOP-16 a day ends at midnight in London, through both clock changes', () => {
  const ends = (day: string) => endOfDay(Temporal.PlainDate.from(day)).toString()
  expect(ends('2026-03-28')).toBe('2026-03-29T00:00:00Z')
  expect(ends('2026-03-29')).toBe('2026-03-29T23:00:00Z')
  expect(ends('2026-10-24')).toBe('2026-10-24T23:00:00Z')
  expect(ends('2026-10-25')).toBe('2026-10-26T00:00:00Z')
  fc.assert(
    fc.property(aDay, day => {
      const end = endOfDay(day)
      expect(dayOf(end.subtract({ nanoseconds: 1 })).equals(day)).toBe(true)
      expect(dayOf(end).equals(day.add({ days: 1 }))).toBe(true)
      expect(isLate(day, dayOf(end.subtract({ nanoseconds: 1 })))).toBe(false)
      expect(isLate(day, dayOf(end))).toBe(true)
      const hours = end.since(endOfDay(day.subtract({ days: 1 }))).total('hours')
      expect([23, 24, 25]).toContain(hours)
    }),
  )
  expect(isLate(null, first)).toBe(false)
})

test('LOOP-16 a day behind the end of the published list is called an estimate', () => {
  const last = Temporal.PlainDate.from(listEndsOn)
  expect(isEstimate(last)).toBe(false)
  expect(isEstimate(last.add({ days: 1 }))).toBe(true)
  for (const day of Object.keys(bankHolidays)) expect(day <= listEndsOn).toBe(true)
})

const names = Object.keys(defaultClocks) as (keyof typeof defaultClocks)[]
const aSetting = fc.record({
  fromOn: aDay.map(day => day.toString()),
  clocks: fc.dictionary(fc.constantFrom(...names), fc.integer({ min: 1, max: 40 })),
})

test('LOOP-16 a promise keeps the number it was made under, whatever a network sets from a later day on', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      aDay,
      fc.array(aSetting, { maxLength: 5 }),
      fc.array(aSetting, { maxLength: 5 }),
      (name, day, settings, more) => {
        const later = more.filter(each => each.fromOn > day.toString())
        const made = promisedBy(name, day, settings)
        expect(promisedBy(name, day, [...settings, ...later]).equals(made)).toBe(true)
        expect(promisedBy(name, day, [...later, ...settings]).equals(made)).toBe(true)
        expect(made.equals(addWorkingDays(day, clockOn(name, day, settings)))).toBe(true)
      },
    ),
  )
})

test('LOOP-16 the newest setting that has begun holds from its own day on; without one the agreed number', () => {
  const settings: ClockSettings = [
    { fromOn: '2026-06-10', clocks: { acknowledge: 4 } },
    { fromOn: '2026-06-01', clocks: { acknowledge: 3, feedback: 7 } },
  ]
  const on = (day: string) => clockOn('acknowledge', Temporal.PlainDate.from(day), settings)
  expect(on('2026-05-31')).toBe(2)
  expect(on('2026-06-01')).toBe(3)
  expect(on('2026-06-09')).toBe(3)
  expect(on('2026-06-10')).toBe(4)
  expect(clockOn('feedback', Temporal.PlainDate.from('2026-07-01'), settings)).toBe(7)
  expect(clockOn('chase', Temporal.PlainDate.from('2026-07-01'), settings)).toBe(20)
})
