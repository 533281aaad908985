import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { league, type Ranking } from './league.ts'
import { adopt, openRound, phaseOf, propose, type Round, rank } from './round.ts'

const ids = [1, 2, 3, 4, 5]
const ranking: fc.Arbitrary<Ranking> = fc
  .array(fc.option(fc.integer({ min: 1, max: 5 })), { minLength: 5, maxLength: 5 })
  .map(places =>
    Object.fromEntries(places.flatMap((place, n) => (place === null ? [] : [[String(ids[n]), place]]))),
  )
const rankings = fc.array(ranking, { maxLength: 12 })
const placeIn = (each: Ranking, id: number) => each[id] ?? Number.POSITIVE_INFINITY
const beats = (all: readonly Ranking[], a: number, b: number) =>
  all.filter(each => placeIn(each, a) < placeIn(each, b)).length >
  all.filter(each => placeIn(each, b) < placeIn(each, a)).length
const placeOf = (all: readonly Ranking[], id: number) => league(ids, all).find(each => each.id === id)!.place

test('PEOPLE-11 the example on the page: tea before cake, cake before fruit', () => {
  const all: Ranking[] = [
    { 1: 1, 2: 2, 3: 3 },
    { 1: 1, 2: 2, 3: 3 },
    { 2: 1, 3: 2, 1: 3 },
  ]
  expect(league([1, 2, 3], all).map(each => [each.id, each.points, each.place])).toEqual([
    [1, 4, 1],
    [2, 2, 2],
    [3, 0, 3],
  ])
})

test('PEOPLE-11 nobody ranked: all share the first place; level in points, the margin decides', () => {
  expect(league(ids, []).map(each => each.place)).toEqual([1, 1, 1, 1, 1])
  // A round of three that beat each other in a circle; one by more.
  const circle: Ranking[] = [
    { 1: 1, 2: 2, 3: 3 },
    { 1: 1, 2: 2, 3: 3 },
    { 2: 1, 3: 2, 1: 3 },
    { 3: 1, 1: 2, 2: 3 },
    { 3: 1, 1: 2, 2: 3 },
  ]
  const rows = league([1, 2, 3], circle)
  expect(rows.map(each => each.points)).toEqual([2, 2, 2])
  expect(rows.map(each => each.id)[0]).toBe(1)
  expect(new Set(rows.map(each => each.place)).size).toBe(3)
})

test('PEOPLE-11 what beats every other idea is first, alone', () => {
  fc.assert(
    fc.property(rankings, all => {
      const winner = ids.find(id => ids.every(other => other === id || beats(all, id, other)))
      fc.pre(winner !== undefined)
      const rows = league(ids, all)
      expect(rows[0]!.id).toBe(winner)
      expect(rows.filter(each => each.place === 1)).toHaveLength(1)
    }),
  )
})

test('PEOPLE-11 if everybody puts one idea before another, so does the result', () => {
  fc.assert(
    fc.property(
      fc.array(ranking, { minLength: 1, maxLength: 12 }),
      fc.constantFrom(...ids),
      fc.constantFrom(...ids),
      (all, a, b) => {
        fc.pre(a !== b && all.every(each => placeIn(each, a) < placeIn(each, b)))
        expect(placeOf(all, a)).toBeLessThan(placeOf(all, b))
      },
    ),
    { numRuns: 2000 },
  )
})

test('PEOPLE-11 each person counts the same, whatever the order in which they send and in which ideas came', () => {
  fc.assert(
    fc.property(
      rankings.chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      fc.shuffledSubarray(ids, { minLength: ids.length }),
      ([all, shuffled], otherIds) => {
        expect(league(otherIds, shuffled)).toEqual(league(ids, all))
      },
    ),
  )
})

test('PEOPLE-11 every order turned round turns the result round', () => {
  fc.assert(
    fc.property(rankings, all => {
      const back = all.map(each =>
        Object.fromEntries(
          ids.map(id => [String(id), placeIn(each, id) === Number.POSITIVE_INFINITY ? 1 : 10 - each[id]!]),
        ),
      )
      for (const a of ids)
        for (const b of ids)
          expect(placeOf(all, a) < placeOf(all, b)).toBe(placeOf(back, b) < placeOf(back, a))
    }),
    { numRuns: 50 },
  )
})

const on = (text: string) => Temporal.PlainDate.from(text)
const round = (given: Partial<Round> = {}): Round => ({
  proposeUntil: on('2026-06-10'),
  rankUntil: on('2026-06-20'),
  isCounted: false,
  isAdopted: false,
  ideaIds: [1, 2],
  ...given,
})
const volunteer = { isVolunteer: true }
const reasonOf = (step: { accepted: boolean; reason?: string }) => (step.accepted ? 'accepted' : step.reason)

test('PEOPLE-11 where a round is follows from the day; each part has its own steps', () => {
  expect(
    ['2026-06-10', '2026-06-11', '2026-06-20', '2026-06-21'].map(day => phaseOf(round(), on(day))),
  ).toEqual(['proposing', 'ranking', 'ranking', 'to-count'])
  expect(reasonOf(propose(round(), volunteer, on('2026-06-10')))).toBe('accepted')
  expect(reasonOf(propose(round(), volunteer, on('2026-06-11')))).toBe('too-late')
  expect(reasonOf(propose(round(), { isVolunteer: false }, on('2026-06-10')))).toBe('not-a-volunteer')
  expect(reasonOf(rank(round(), volunteer, { 1: 1 }, on('2026-06-10')))).toBe('not-now')
  expect(reasonOf(rank(round(), volunteer, { 7: 1, 1: 9 }, on('2026-06-11')))).toBe('nothing')
  expect(rank(round(), volunteer, { 1: 2, 7: 1 }, on('2026-06-11'))).toMatchObject({ state: { 1: 2 } })
  const days = { proposeUntil: on('2026-06-10'), rankUntil: on('2026-06-10'), today: on('2026-06-09') }
  expect(reasonOf(openRound(days))).toBe('rank-first')
  expect(reasonOf(openRound({ ...days, today: on('2026-06-11') }))).toBe('propose-past')
})

test('PEOPLE-11 only a carried vote of the board adopts', () => {
  const counted = round({ isCounted: true })
  const carried = { isOfBoard: true, isCarried: true }
  const today = on('2026-06-22')
  expect(reasonOf(adopt(round(), carried, [1], on('2026-06-12')))).toBe('not-counted')
  expect(reasonOf(adopt(counted, undefined, [1], today))).toBe('no-motion')
  expect(reasonOf(adopt(counted, { isOfBoard: false, isCarried: true }, [1], today))).toBe('no-motion')
  expect(reasonOf(adopt(counted, { isOfBoard: true, isCarried: false }, [1], today))).toBe('not-carried')
  expect(reasonOf(adopt(counted, carried, [], today))).toBe('nothing')
  expect(reasonOf(adopt(counted, carried, [9], today))).toBe('no-idea')
  expect(reasonOf(adopt(counted, carried, [1], today))).toBe('accepted')
  expect(reasonOf(adopt(round({ isCounted: true, isAdopted: true }), carried, [1], today))).toBe('adopted')
})
