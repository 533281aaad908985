import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { workingDaysBetween } from '#kernel/calendar/working-days.ts'
import { ask, callOff, earliest, type Goodbye, leave, thank } from './goodbye.ts'

const today = Temporal.PlainDate.from('2026-06-09')
const planned = (onDay: Temporal.PlainDate): Goodbye => ({ state: 'planned', onDay })

test.each([
  [-1, 'past'],
  [0, undefined],
  [365, undefined],
  [366, 'too-far'],
])('PEOPLE-16 R8 leaving is for today or a day within a year: in %i days', (days, reason) => {
  const step = ask(today.add({ days }), today, today)
  expect(step.accepted ? undefined : step.reason).toBe(reason)
})

test('PEOPLE-17 nobody leaves by a note of the team before they have heard of it; by themselves at once', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: -1, max: 60 }),
      fc.constantFrom('email' as const, 'text' as const, 'phone' as const, 'post' as const),
      (from, days, hearsBy) => {
        const now = today.add({ days: from })
        const first = earliest('the-team', hearsBy, now)
        const step = ask(now.add({ days }), first, now)
        const waits = workingDaysBetween(now, now.add({ days: Math.max(days, 0) }))
        const needed = hearsBy === 'phone' || hearsBy === 'post' ? 5 : 1
        expect(step.accepted).toBe(days > 0 && waits >= needed)
        expect(ask(now, earliest('themselves', hearsBy, now), now).accepted).toBe(true)
      },
    ),
  )
})

test('PEOPLE-16 nobody has left before their day, and nobody leaves twice', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 365 }), fc.integer({ min: 0, max: 400 }), (on, now) => {
      const step = leave(planned(today.add({ days: on })), today.add({ days: now }))
      expect(step.accepted).toBe(now >= on)
      if (step.accepted) expect(leave(step.state, today.add({ days: now })).accepted).toBe(false)
    }),
  )
})

test.each<[Goodbye, string | undefined]>([
  [planned(today), undefined],
  [{ state: 'called-off' }, 'called-off'],
  [{ state: 'done', onDay: today, thanked: false }, 'done'],
])('PEOPLE-16 until the day somebody can stay after all: %o', (it, reason) => {
  const step = callOff(it)
  expect(step.accepted ? undefined : step.reason).toBe(reason)
})

test('PEOPLE-16 somebody is thanked once, in words', () => {
  const left: Goodbye = { state: 'done', onDay: today, thanked: false }
  expect(thank(left, ' ')).toMatchObject({ accepted: false, reason: 'no-words' })
  const step = thank(left, 'Thank you.')
  expect(step.accepted && thank(step.state, 'Again')).toMatchObject({ reason: 'thanked' })
  expect(thank({ state: 'called-off' }, 'Thank you.')).toMatchObject({ reason: 'called-off' })
})
