import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { isWorkingDay } from '#kernel/calendar/working-days.ts'
import type { MeetingState } from '#platform/database/tables.ts'
import { papersDue } from '../meeting.ts'
import { correspondencePlan, letterKinds, lettersDue, mark } from './plan.ts'

const { compare } = Temporal.PlainDate
const first = Temporal.PlainDate.from('2026-01-05')
const aPlan = fc
  .record({
    planned: fc.integer({ min: 0, max: 700 }),
    ahead: fc.integer({ min: 0, max: 300 }),
    hour: fc.integer({ min: 8, max: 18 }),
    paperDays: fc.integer({ min: 1, max: 20 }),
  })
  .map(({ planned, ahead, hour, paperDays }) => {
    const plannedOn = first.add({ days: planned })
    const on = plannedOn.add({ days: ahead })
    const startsAt = on.toZonedDateTime({ timeZone: 'Europe/London', plainTime: { hour } }).toInstant()
    return { plannedOn, on, startsAt, papersDueOn: papersDue(startsAt, paperDays, plannedOn, []) }
  })
const states: readonly MeetingState[] = ['planned', 'agenda-open', 'agenda-set', 'papers-out']

test('BOARD-21 the letters of a meeting come in their order, on working days, none before it is planned', () => {
  fc.assert(
    fc.property(aPlan, fc.constantFrom(...states), ({ plannedOn, on, ...it }, state) => {
      const letters = correspondencePlan({ ...it, state }, plannedOn, [])
      const kinds = letters.map(each => each.kind)
      expect(kinds).toEqual(letterKinds.filter(each => kinds.includes(each)))
      expect(kinds[0]).toBe('invitation')
      expect(kinds.at(-1)).toBe('what-came')
      for (const letter of letters) {
        expect(compare(letter.on, plannedOn)).toBeGreaterThanOrEqual(0)
        if (letter.kind === 'reminder') {
          expect(isWorkingDay(letter.on)).toBe(true)
          expect(compare(letter.on, on)).toBeLessThan(0)
        }
        if (letter.kind === 'call-for-items') expect(compare(letter.on, it.papersDueOn)).toBeLessThan(0)
        if (letter.kind === 'what-came') expect(compare(letter.on, on)).toBeGreaterThan(0)
      }
    }),
  )
})

test('BOARD-21 day by day each letter goes out once, whatever was missed; after a move only the reminder comes again', () => {
  fc.assert(
    fc.property(aPlan, fc.array(fc.boolean(), { minLength: 400, maxLength: 400 }), (given, runs) => {
      const { plannedOn, on, ...it } = given
      const told = new Set<string>()
      const sent: string[] = []
      const run = (startsAt: Temporal.Instant, day: Temporal.PlainDate, state: MeetingState) => {
        const now = day.toZonedDateTime({ timeZone: 'Europe/London', plainTime: '07:00' }).toInstant()
        for (const each of lettersDue({ ...it, startsAt, state }, plannedOn, told, {
          now,
          today: day,
          clocks: [],
        })) {
          told.add(mark(each.kind, startsAt))
          sent.push(each.kind)
        }
      }
      for (let n = 0; plannedOn.add({ days: n }).toString() < on.toString(); n++) {
        const day = plannedOn.add({ days: n })
        // The worker may sleep for days; on the reminder's day it is awake.
        if (runs[n] || day.add({ days: 1 }).equals(on)) {
          run(it.startsAt, day, compare(day, it.papersDueOn) >= 0 ? 'papers-out' : 'planned')
        }
      }
      expect(new Set(sent).size).toBe(sent.length)
      const planned = correspondencePlan({ ...it, state: 'planned' }, plannedOn, []).map(each => each.kind)
      if (planned.includes('reminder')) expect(sent).toContain('reminder')
      const later = it.startsAt.add({ hours: 24 * 30 })
      for (let n = 0; n < 29; n++) run(later, on.add({ days: n }), 'papers-out')
      expect(sent.filter(each => each === 'reminder').length).toBeLessThanOrEqual(2)
      for (const kind of ['papers', 'call-for-items', 'what-came'] as const) {
        expect(sent.filter(each => each === kind).length).toBeLessThanOrEqual(1)
      }
    }),
    { numRuns: 25 },
  )
})

test('BOARD-21 nothing is sent about a cancelled meeting, and nothing about one that is over but what came of it', () => {
  fc.assert(
    fc.property(aPlan, fc.integer({ min: -50, max: 400 }), ({ plannedOn, ...it }, days) => {
      const today = plannedOn.add({ days })
      const now = today.toZonedDateTime('Europe/London').toInstant()
      const due = (state: MeetingState) =>
        lettersDue({ ...it, state }, plannedOn, new Set(), { now, today, clocks: [] }).map(each => each.kind)
      expect(correspondencePlan({ ...it, state: 'cancelled' }, plannedOn, [])).toEqual([])
      expect(due('cancelled')).toEqual([])
      expect(due('held')).toEqual([])
      expect(due('minutes-drafted')).toEqual(['what-came'])
      expect(due('published')).toEqual(['what-came'])
    }),
  )
})
