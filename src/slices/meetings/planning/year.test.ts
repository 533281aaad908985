import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { isWorkingDay } from '#kernel/calendar/working-days.ts'
import { whyNot, yearByCadence } from './year.ts'

const aDay = fc.integer({ min: 0, max: 700 }).map(days => Temporal.PlainDate.from('2026-01-01').add({ days }))

test('BOARD-2 a year by the cadence: every day a working day, in order, each as near as can be to the day it should be', () => {
  fc.assert(
    fc.property(aDay, fc.integer({ min: 1, max: 30 }), (first, weeks) => {
      const days = yearByCadence(first, weeks)
      expect(days.length).toBe(Math.ceil(first.until(first.add({ years: 1 })).days / (weeks * 7)))
      for (const [n, { on, instead }] of days.entries()) {
        const wished = first.add({ weeks: n * weeks })
        expect(isWorkingDay(on)).toBe(true)
        expect(instead === undefined).toBe(on.equals(wished))
        if (instead) {
          expect(instead.of.equals(wished)).toBe(true)
          expect(instead.because).toMatch(/^a (Saturday|Sunday|bank holiday \(.+\))$/)
        }
        // No working day between the wish and the day.
        for (let day = wished; day.until(on).days > 0; day = day.add({ days: 1 }))
          expect(isWorkingDay(day)).toBe(false)
        const before = days[n - 1]
        if (before) expect(before.on.until(on).days).toBeGreaterThan(0)
      }
    }),
  )
})

test('BOARD-2 known days: Easter Monday, Christmas, and a plain Wednesday', () => {
  expect(whyNot(Temporal.PlainDate.from('2027-03-29'))).toBe('a bank holiday (Easter Monday)')
  expect(whyNot(Temporal.PlainDate.from('2027-03-31'))).toBeUndefined()
  expect(yearByCadence(Temporal.PlainDate.from('2026-12-25'), 52)[0]!.on.toString()).toBe('2026-12-29')
})
