import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import type { Row } from '#platform/database/tables.ts'
import { type Application, mergeInto, receive, takeIn } from './application.ts'
import { together, whoStays } from './merge.ts'

const day = Temporal.PlainDate.from('2026-06-09')
const when = { today: day, clocks: [] }

const aPerson = fc.record({
  id: fc.integer({ min: 1, max: 50 }),
  email: fc.option(fc.emailAddress()),
  phone: fc.option(fc.constantFrom('0121 496 0001', '07700 900001')),
  postal_address: fc.option(fc.constant('1 Example Road')),
  help_words: fc.constantFrom('', 'A lift.', 'Large print.'),
  large_print: fc.boolean(),
  trust_id: fc.option(fc.integer({ min: 1, max: 3 })),
  trust_may_know: fc.boolean(),
  account_id: fc.option(fc.constant('account')),
  channel: fc.constantFrom('email', 'phone'),
  left_on: fc.constant(null),
}) as unknown as fc.Arbitrary<Row<'person'>>

test('PEOPLE-1 whoever is compared with whom, the same one stays, and two with a place never join', () => {
  fc.assert(
    fc.property(aPerson, aPerson, fc.boolean(), fc.boolean(), (one, other, place, otherPlace) => {
      const a = { person: one, hasPlace: place }
      const b = { person: other, hasPlace: otherPlace }
      const [there, back] = [whoStays(a, b), whoStays(b, a)]
      if (one.id === other.id || (place && otherPlace)) {
        expect('accepted' in there && 'accepted' in back).toBe(true)
        return
      }
      if ('accepted' in there || 'accepted' in back) throw new Error('refused')
      expect(there.stays).toBe(back.stays)
      if (place || otherPlace) expect(there.stays.hasPlace).toBe(true)
    }),
  )
})

test('PEOPLE-1 joining writes over nothing of who stays and loses nothing that they lack; consent is never made', () => {
  fc.assert(
    fc.property(aPerson, aPerson, (stays, goes) => {
      const after = together(stays, goes, goes.email, stays.channel)
      for (const name of ['email', 'phone', 'postal_address', 'trust_id', 'account_id'] as const) {
        expect(after[name]).toBe(stays[name] ?? goes[name])
      }
      for (const words of [stays.help_words, goes.help_words]) expect(after.help_words).toContain(words)
      // Consent belongs to the Trust it was given for.
      if (after.trust_may_know) {
        expect(stays.trust_id === null ? goes.trust_may_know : stays.trust_may_know).toBe(true)
      }
    }),
  )
})

test('PEOPLE-1 the earlier promise holds, and what has ended joins nothing', () => {
  const early = receive(day.subtract({ days: 3 }), [])
  const late = receive(day, [])
  const kept = takeIn(late, { number: 202, it: early })
  expect(kept.accepted && kept.state).toEqual({ ...late, due: early.due })
  const same = takeIn(early, { number: 202, it: late })
  expect(same.accepted && same.state).toEqual(early)
  const ended: Application[] = [
    { state: 'withdrawn', on: day },
    { state: 'declined', reason: '', words: '', on: day },
    { state: 'accepted', groupId: 1, on: day },
    { state: 'merged', into: 201, on: day },
  ]
  for (const it of ended) {
    expect(mergeInto(it, 201, when).accepted).toBe(false)
    expect(takeIn(it, { number: 202, it: early }).accepted).toBe(false)
  }
})
