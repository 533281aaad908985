import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { decide, type Ending, mayBeDecided, open, reply, takeBack } from './ending.ts'

const today = Temporal.PlainDate.from('2026-06-09')
const when = { today, clocks: [] }
const opened = (): Ending => {
  const taken = open({ personId: 1, post: 'director' }, 9, false, when)
  if (!taken.accepted) throw new Error(taken.sentence)
  return taken.state
}

describe('PEOPLE-17 ending a place', () => {
  test('PEOPLE-17 the right of reply has ten working days, and the network’s own number where it set one', () => {
    expect(opened().replyBy.toString()).toBe('2026-06-23')
    const own = open({ personId: 1, post: 'director' }, 9, false, {
      today,
      clocks: [{ fromOn: '2026-06-09', clocks: { 'right-of-reply': 5 } }],
    })
    expect(own).toMatchObject({ state: { replyBy: Temporal.PlainDate.from('2026-06-16') } })
    expect(open({ personId: 9, post: 'director' }, 9, false, when)).toMatchObject({ reason: 'yourself' })
    expect(open({ personId: 1, post: 'director' }, 9, true, when)).toMatchObject({ reason: 'open-already' })
  })

  test('PEOPLE-17 never decided before a reply or its day, never by the person, by the opener only when nobody else is there', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 2, 9),
        fc.boolean(),
        fc.integer({ min: 0, max: 30 }),
        fc.subarray([2, 3]),
        fc.constantFrom('ends' as const, 'stays' as const),
        fc.integer({ min: -3, max: 30 }),
        (by, replied, days, others, outcome, last) => {
          const day = today.add({ days })
          let it = opened()
          if (replied) {
            const taken = reply(it, { today }, false)
            if (taken.accepted) it = taken.state
          }
          const given = decide(
            it,
            { personId: by, post: 'portfolio-manager' },
            { personId: 9, others },
            outcome,
            day.add({ days: last }),
            { today: day },
          )
          const ripe = replied || Temporal.PlainDate.compare(day, it.replyBy) > 0
          expect(mayBeDecided(it, day)).toBe(ripe)
          expect(given.accepted).toBe(
            by !== 9 && ripe && !(by === 1 && others.length > 0) && (outcome === 'stays' || last >= 0),
          )
          if (!given.accepted) return
          for (const again of [
            decide(
              given.state,
              { personId: 2, post: 'director' },
              { personId: 9, others: [] },
              'stays',
              null,
              when,
            ),
            reply(given.state, { today }, false),
            takeBack(given.state, 1),
          ]) {
            expect(again).toMatchObject({ reason: 'decided' })
          }
        },
      ),
    )
  })

  test('PEOPLE-17 only whoever asked for it takes it back', () => {
    expect(takeBack(opened(), 2)).toMatchObject({ reason: 'not-yours' })
    expect(takeBack(opened(), 1)).toMatchObject({ state: { state: 'taken-back' } })
  })
})
