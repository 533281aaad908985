import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { mayDecide } from './access.ts'
import { count, phaseOf } from './election.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const election = { standUntil: day('2026-06-16'), voteUntil: day('2026-06-23'), counted: false }

test.each([
  ['2026-06-16', 'standing'],
  ['2026-06-17', 'voting'],
  ['2026-06-23', 'voting'],
  ['2026-06-24', 'to-count'],
])('PEOPLE-12 on %s an election is %s', (today, phase) => {
  expect(phaseOf(election, day(today))).toBe(phase)
  expect(phaseOf({ ...election, counted: true }, day(today))).toBe('counted')
})

test('PEOPLE-12 most ticks wins; as many: who stood first; nobody without a tick', () => {
  expect(count([1, 2, 3], [[2], [2, 3], [3], [2]])).toEqual({
    numbers: [
      { personId: 2, ticks: 3 },
      { personId: 3, ticks: 2 },
      { personId: 1, ticks: 0 },
    ],
    elected: 2,
  })
  expect(count([5, 4], [[4, 5]]).elected).toBe(5)
  expect(count([5, 4], []).elected).toBeUndefined()
  expect(count([], [[4]]).elected).toBeUndefined()
})

test('PEOPLE-12 whoever is elected has no fewer ticks than anybody, and a tick more never takes it away', () => {
  const candidates = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1 })
  const votes = fc.array(fc.array(fc.integer({ min: 1, max: 9 })))
  fc.assert(
    fc.property(candidates, votes, (who, given) => {
      const { elected, numbers } = count(who, given)
      if (elected === undefined) return
      const most = numbers.find(each => each.personId === elected)!.ticks
      for (const each of numbers) expect(each.ticks).toBeLessThanOrEqual(most)
      expect(count(who, [...given, [elected]]).elected).toBe(elected)
    }),
  )
})

test.each([
  ['the moderator', 1, { byId: 2, authorId: 3 }, true],
  ['another volunteer', 4, { byId: 2, authorId: 3 }, false],
  ['the moderator, on their own post', 1, { byId: 2, authorId: 1 }, false],
  ['another one, on the moderator’s post', 4, { byId: 2, authorId: 1 }, true],
  ['who reported the moderator’s post', 2, { byId: 2, authorId: 1 }, false],
])('PEOPLE-12 who decides on a report: %s', (_who, personId, report, may) => {
  expect(mayDecide({ personId }, { moderatorId: 1 }, report)).toBe(may)
})

test('PEOPLE-12 without a moderator any volunteer decides, but for those whom it is about', () => {
  const space = { moderatorId: null }
  expect(mayDecide({ personId: 4 }, space, { byId: 2, authorId: 3 })).toBe(true)
  expect(mayDecide({ personId: 3 }, space, { byId: 2, authorId: 3 })).toBe(false)
})
