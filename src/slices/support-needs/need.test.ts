import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { cannotMeetNeed, changesOf, meetNeed, type NeedPromise } from './need.ts'
import { yearOf } from './report.tsx'

describe('PEOPLE-5 the promise to meet a need', () => {
  const at = (state: NeedPromise['state']): NeedPromise => ({ state, words: '' })
  test.each([
    ['open', 'met', 'The ramp is there.', 'met'],
    ['open', 'not-met', 'The house has no lift.', 'not-met'],
    ['not-met', 'met', 'A lift was built.', 'met'],
    ['met', 'met', 'Again.', 'met-already'],
    ['met', 'not-met', 'It broke.', 'met-already'],
    ['no-longer', 'met', 'Late.', 'no-longer'],
    ['open', 'met', '', 'no-words'],
    ['open', 'not-met', '', 'no-words'],
  ] as const)('PEOPLE-5 from %s, %s with “%s” gives %s', (state, outcome, words, gives) => {
    const step = outcome === 'met' ? meetNeed(at(state), words) : cannotMeetNeed(at(state), words)
    expect(step.accepted ? step.state.state : step.reason).toBe(gives)
    // What happened never says what the need is: history is for ever.
    if (step.accepted) expect(step.events.every(each => Object.keys(each.details).length === 0)).toBe(true)
  })

  test('PEOPLE-5 what came and what went put together are the change, whatever is ticked', () => {
    const list = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'))
    fc.assert(
      fc.property(list, list, (before, after) => {
        const { came, went } = changesOf(before, after)
        const now = new Set([...before.filter(each => !went.includes(each)), ...came])
        expect([...now].sort()).toEqual([...new Set(after)].sort())
        expect(came.filter(each => went.includes(each))).toEqual([])
      }),
    )
  })

  test('R14 the year of the report runs from April to March', () => {
    expect(yearOf(Temporal.PlainDate.from('2027-03-31'))).toBe(2026)
    expect(yearOf(Temporal.PlainDate.from('2027-04-01'))).toBe(2027)
  })
})
