import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import type { HowSaid, Side } from './tables.ts'
import { begin, enough, type Thread, write } from './thread.ts'

const when = { today: Temporal.PlainDate.from('2026-06-09'), clocks: [] }
const word = (side: Side, wantsAnswer = false) => ({
  side,
  wantsAnswer,
  how: 'web' as HowSaid,
  recorded: false,
})

const after = (...words: Parameters<typeof write>[1][]): Thread =>
  words.reduce<Thread>((it, each) => {
    const step = write(it, each, when)
    return step.accepted ? step.state : it
  }, begin('team'))

test.each([
  ['the person writes: our turn, by a day', after(word('person')), 'us', '2026-06-12'],
  ['we answer: nobody’s turn', after(word('person'), word('us')), 'nobody', undefined],
  ['we ask back: theirs, without a day', after(word('person'), word('us', true)), 'person', undefined],
  ['they write again after that: ours', after(word('us', true), word('person')), 'us', '2026-06-12'],
])('PEOPLE-13 %s', (_what, it, turn, due) => {
  expect(it.turn).toBe(turn)
  expect(it.due?.toString()).toBe(due)
})

test('PEOPLE-13 a second word before our answer does not put the day off', () => {
  const first = after(word('person'))
  const later = write(first, word('person'), { today: Temporal.PlainDate.from('2026-06-11'), clocks: [] })
  expect(later.accepted && later.state.due?.toString()).toBe('2026-06-12')
})

test('PEOPLE-13 a promise made under the old clock keeps the old number', () => {
  const clocks = [{ fromOn: '2026-06-10', clocks: { 'message-answer': 10 } }]
  const old = write(begin('team'), word('person'), { ...when, clocks })
  expect(old.accepted && old.state.due?.toString()).toBe('2026-06-12')
  const fresh = write(begin('team'), word('person'), { today: Temporal.PlainDate.from('2026-06-10'), clocks })
  expect(fresh.accepted && fresh.state.due?.toString()).toBe('2026-06-24')
})

test('PEOPLE-13 whoever owes an answer cannot end it; the person can', () => {
  expect(enough(after(word('person')), 'us')).toMatchObject({ accepted: false, reason: 'owed' })
  expect(enough(after(word('person')), 'person')).toMatchObject({ accepted: true, state: { turn: 'nobody' } })
  expect(enough(after(word('us')), 'person')).toMatchObject({ accepted: false, reason: 'over' })
})

test('PEOPLE-13 there is a day exactly while it is our turn, whatever is written', () => {
  const words = fc.array(
    fc.record({
      side: fc.constantFrom<Side>('person', 'us'),
      wantsAnswer: fc.boolean(),
      how: fc.constantFrom<HowSaid>('web', 'phone'),
      recorded: fc.boolean(),
    }),
  )
  fc.assert(
    fc.property(words, given => {
      const it = after(...given)
      expect(it.due === null).toBe(it.turn !== 'us')
    }),
  )
})

test('PEOPLE-13 two buddies owe each other nothing by a day', () => {
  const step = write(begin('buddy'), word('person'), when)
  expect(step).toMatchObject({ accepted: true, state: { turn: 'us', due: null } })
})
