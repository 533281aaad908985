import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { addWorkingDays } from '#kernel/calendar/working-days.ts'
import {
  type Application,
  acceptInto,
  decline,
  dueOf,
  isOpen,
  keepInTouch,
  noteConversation,
  receive,
  withdraw,
} from './application.ts'

const day = Temporal.PlainDate.from('2026-06-09')
const when = { today: day, clocks: [] }

const command = fc.oneof(
  fc.record({ name: fc.constant('conversation'), days: fc.integer({ min: -3, max: 3 }) }),
  fc.record({ name: fc.constant('accept'), days: fc.constant(0) }),
  fc.record({ name: fc.constant('decline'), days: fc.constant(0) }),
  fc.record({ name: fc.constant('in-touch'), days: fc.integer({ min: -3, max: 60 }) }),
  fc.record({ name: fc.constant('withdraw'), days: fc.constant(0) }),
)

function step(it: Application, given: { name: string; days: number }) {
  const on = day.add({ days: given.days })
  switch (given.name) {
    case 'conversation':
      return noteConversation(it, on, when)
    case 'accept':
      return acceptInto(it, { groupId: 1, group: 'Board' }, when)
    case 'decline':
      return decline(it, { reason: 'because', words: 'kindly' }, when)
    case 'in-touch':
      return keepInTouch(it, 'why', on, when)
    default:
      return withdraw(it, when)
  }
}

test('LOOP-1 no path leads to a place without a conversation, and an end is an end', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 12 }), commands => {
      let it: Application = receive(day, [])
      let spoken = false
      for (const each of commands) {
        const before = it
        const answer = step(it, each)
        if (!answer.accepted) {
          expect(answer.sentence).toMatch(/^[A-Z].*[^.]$/)
          continue
        }
        it = answer.state
        if (each.name === 'conversation') spoken = true
        if (it.state === 'accepted') expect(spoken, JSON.stringify(commands)).toBe(true)
        // Only the applicant's own withdrawal may follow a no.
        if (!isOpen(before)) expect([before.state, it.state]).toEqual(['declined', 'withdrawn'])
        expect(answer.events).toHaveLength(1)
        expect(dueOf(it) !== null).toBe(isOpen(it))
      }
    }),
  )
})

test('LOOP-1 the conversation is promised within five working days, by the number that held on the day', () => {
  expect(receive(day, []).due.toString()).toBe('2026-06-16')
  const clocks = [{ fromOn: '2026-06-10', clocks: { conversation: 2 } }]
  expect(receive(day, clocks).due.toString()).toBe('2026-06-16')
  expect(receive(day.add({ days: 1 }), clocks).due.toString()).toBe('2026-06-12')
  // Told on the Friday before a bank holiday, and written down later.
  const friday = Temporal.PlainDate.from('2026-05-22')
  expect(receive(friday, []).due.equals(addWorkingDays(friday, 5))).toBe(true)
  expect(receive(friday, []).due.toString()).toBe('2026-06-01')
})

test('LOOP-1 a conversation of tomorrow, or being in touch yesterday, is refused with a sentence', () => {
  const it = receive(day, [])
  expect(noteConversation(it, day.add({ days: 1 }), when)).toMatchObject({ accepted: false })
  expect(keepInTouch(it, 'later', day, when)).toMatchObject({ reason: 'not-ahead' })
  expect(acceptInto(it, { groupId: 1, group: 'Board' }, when)).toMatchObject({ reason: 'not-spoken-with' })
})
