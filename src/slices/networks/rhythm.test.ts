import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { type RhythmFacts, rhythmWarnings } from './rhythm.ts'

const today = Temporal.PlainDate.from('2026-06-09')
const facts = (given: Partial<RhythmFacts>): RhythmFacts => ({
  cadenceWeeks: 9,
  inPersonMonths: 12,
  first: '2025-01-15',
  last: '2026-05-20',
  next: '2026-07-15',
  lastInPerson: '2026-01-20',
  nextInPerson: null,
  ...given,
})
const kinds = (given: Partial<RhythmFacts>) => rhythmWarnings(facts(given), today).map(each => each.kind)
const said = (given: Partial<RhythmFacts>) => rhythmWarnings(facts(given), today).map(each => each.sentence)

test('BOARD-1 the page warns when the next meeting is not planned, or too long after the last', () => {
  expect(kinds({})).toEqual([])
  expect(said({ next: null })).toEqual([
    'The next meeting is not planned yet. The last one was on 20 May 2026. It should be by 22 July 2026.',
  ])
  // Long overdue: no day that has passed is asked for.
  expect(said({ next: null, last: '2026-01-20' })).toEqual([
    'The next meeting is not planned yet. The last one was on 20 January 2026.',
  ])
  expect(kinds({ next: '2026-07-29' })).toEqual([])
  expect(said({ next: '2026-07-30' })).toEqual([
    'The next meeting is on 30 July 2026, and the last one was on 20 May 2026. The group is meant to meet about every 9 weeks.',
  ])
  expect(kinds({ first: null, last: null, lastInPerson: null, next: null })).toEqual(['not-planned'])
  expect(kinds({ cadenceWeeks: null, next: null })).toEqual([])
})

test('BOARD-1 the page warns before and after twelve months pass without a meeting in person', () => {
  expect(said({ lastInPerson: '2025-08-20' })).toEqual([
    'The last meeting in person was on 20 August 2025. One is wanted by 20 August 2026.',
  ])
  expect(kinds({ lastInPerson: '2025-08-20', nextInPerson: '2026-08-20' })).toEqual([])
  expect(kinds({ lastInPerson: '2025-08-20', nextInPerson: '2026-08-21' })).toEqual(['in-person'])
  expect(said({ lastInPerson: '2025-06-09' })).toEqual([
    'The last meeting in person was on 9 June 2025. 12 months have passed without one.',
  ])
  expect(said({ lastInPerson: null })).toEqual([
    'There was no meeting in person yet. 12 months have passed without one.',
  ])
  expect(kinds({ lastInPerson: null, first: '2026-05-01' })).toEqual([])
  expect(kinds({ inPersonMonths: null, lastInPerson: '2020-01-01' })).toEqual([])
})

test('BOARD-1 a group that keeps its rhythm is never warned of; one with nothing planned always is', () => {
  const days = fc.integer({ min: 0, max: 500 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 104 }), days, days, (weeks, since, until) => {
      const last = today.subtract({ days: since + 1 })
      const next = today.add({ days: until })
      const given = { cadenceWeeks: weeks, inPersonMonths: null, last: last.toString() }
      expect(kinds({ ...given, next: null })).toEqual(['not-planned'])
      const gap = last.until(next).days
      const expected = gap > (weeks + 1) * 7 ? ['too-far'] : []
      expect(kinds({ ...given, next: next.toString() })).toEqual(expected)
    }),
  )
})
