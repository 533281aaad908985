import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { approve, type Claim, pay, priceOf, type Rate, rateOn, sayNo, send, totalOf } from './expense.ts'
import { pounds, readMoney } from './money.ts'

const on = (text: string) => Temporal.PlainDate.from(text)
const when = { today: on('2026-06-09'), clocks: [] }
const claim = (given: Partial<Claim> = {}): Claim => ({
  state: 'sent',
  personId: 1,
  writtenById: 1,
  firstById: null,
  lines: [{ pence: 420 }],
  ...given,
})
const team = (personId: number) => ({ personId, isTeam: true })
const reasonOf = (step: { accepted: boolean; reason?: string }) => (step.accepted ? 'accepted' : step.reason)

test('PEOPLE-21 R52 two people say yes: never their own, never what they wrote down, never twice the same', () => {
  const table: [Claim, { personId: number; isTeam: boolean }, string | undefined][] = [
    [claim(), { personId: 1, isTeam: true }, 'own'],
    [claim({ writtenById: 2 }), team(2), 'wrote'],
    [claim(), { personId: 2, isTeam: false }, 'not-the-team'],
    [claim(), team(2), 'accepted'],
    [claim({ state: 'approved-once', firstById: 2 }), team(2), 'same'],
    [claim({ state: 'approved-once', firstById: 2 }), team(3), 'accepted'],
    [claim({ state: 'approved', firstById: 2 }), team(3), 'approved'],
    [claim({ state: 'writing' }), team(3), 'writing'],
    [claim({ state: 'paid' }), team(3), 'paid'],
  ]
  for (const [it, by, expected] of table) expect(reasonOf(approve(it, by))).toBe(expected)
})

test('PEOPLE-21 whoever tries in whatever order, what is paid was agreed by two others', () => {
  const tries = fc.array(
    fc.record({
      who: fc.integer({ min: 1, max: 4 }),
      what: fc.constantFrom('yes', 'pay', 'missing', 'send'),
    }),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(tries, all => {
      let it = claim({ writtenById: 4 })
      let yes: number[] = []
      for (const { who, what } of all) {
        const by = { personId: who, isTeam: true }
        if (what === 'yes') {
          const step = approve(it, by)
          if (!step.accepted) continue
          yes.push(who)
          it = { ...it, state: step.state, firstById: it.firstById ?? who }
        } else if (what === 'pay') {
          const step = pay(it, by, when.today, when.today)
          if (!step.accepted) continue
          expect(new Set(yes).size).toBe(2)
          expect(yes).not.toContain(1)
          expect(yes).not.toContain(4)
          it = { ...it, state: step.state }
        } else if (what === 'missing') {
          const step = sayNo(it, by, { what: 'missing', because: 'No receipt' })
          if (!step.accepted) continue
          yes = []
          it = { ...it, state: step.state, firstById: null }
        } else {
          const step = send(it, by, when)
          if (step.accepted) it = { ...it, state: step.state }
        }
      }
    }),
  )
})

const rates: Rate[] = [
  { kind: 'miles', pence: 40, fromOn: on('2026-01-01') },
  { kind: 'miles', pence: 45, fromOn: on('2026-06-01') },
  { kind: 'meals', pence: 1000, fromOn: on('2026-01-01') },
]

test('PEOPLE-21 R52 a cost is priced at the rate of its own day, and a meal up to the agreed sum', () => {
  const cost = (
    kind: 'miles' | 'meals' | 'travel' | 'payment',
    pence?: number,
    howMany?: number,
    day = '2026-05-31',
  ) => priceOf({ kind, pence, howMany }, on(day), rates)
  expect(cost('miles', undefined, 10)).toMatchObject({ state: { pence: 400, rate: { pence: 40 } } })
  expect(cost('miles', undefined, 10, '2026-06-01')).toMatchObject({ state: { pence: 450 } })
  expect(cost('miles', undefined, 10, '2025-12-31')).toMatchObject({ reason: 'no-rate' })
  expect(cost('miles', 500)).toMatchObject({ reason: 'how-many' })
  expect(cost('payment', undefined, 1)).toMatchObject({ reason: 'no-rate' })
  expect(cost('meals', 850)).toMatchObject({ state: { pence: 850 } })
  expect(cost('meals', 2500)).toMatchObject({ state: { pence: 1000 } })
  expect(cost('travel', 420)).toMatchObject({ state: { pence: 420, rate: null } })
  expect(cost('travel')).toMatchObject({ reason: 'pence' })
  expect(rateOn('miles', on('2026-06-02'), [...rates].reverse())?.pence).toBe(45)
})

test('PEOPLE-21 a claim is sent with a day by which it is paid; without a cost, or by another, it is not', () => {
  const writing = claim({ state: 'writing' })
  expect(send(writing, { personId: 1, isTeam: false }, when)).toMatchObject({ payBy: on('2026-07-07') })
  expect(reasonOf(send({ ...writing, lines: [] }, { personId: 1, isTeam: false }, when))).toBe('nothing')
  expect(reasonOf(send(writing, team(2), when))).toBe('not-yours')
  expect(reasonOf(pay(claim({ state: 'approved' }), team(2), on('2026-06-10'), when.today))).toBe('ahead')
  expect(reasonOf(pay(claim({ state: 'approved' }), team(1), when.today, when.today))).toBe('own')
  expect(totalOf({ lines: [{ pence: 1 }, { pence: 99 }] })).toBe(100)
})

test('PEOPLE-21 money as people write it', () => {
  expect(['4.20', '£4.20', '£ 4', '4.2', '1,200.00'].map(readMoney)).toEqual([420, 420, 400, 420, 120_000])
  expect(['', '0', '-4', '4.205', 'four', '1e3'].map(readMoney)).toEqual(Array(6).fill(undefined))
  fc.assert(fc.property(fc.integer({ min: 1, max: 9_999_999 }), pence => readMoney(pounds(pence)) === pence))
})
