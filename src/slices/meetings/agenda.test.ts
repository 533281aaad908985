import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import {
  closeItem,
  declineItem,
  deferItem,
  type Item,
  lengthOf,
  minutesInWords,
  moved,
  openItem,
  placeItem,
  runningClock,
  withdrawItem,
} from './agenda.ts'

const now = Temporal.Instant.from('2026-06-09T09:00:00Z')
const items = fc
  .array(fc.integer({ min: 1, max: 120 }), { maxLength: 20 })
  .map(all => all.map((minutes, at) => ({ id: at + 1, minutes })))
const anItem: Item = { state: 'raised', standing: null, openedAt: null, closedAt: null, because: '' }

test('BOARD-4 the running clock begins with the meeting, and each item begins when the one before it ends', () => {
  fc.assert(
    fc.property(items, all => {
      const clock = runningClock(now, all)
      expect(clock.size).toBe(all.length)
      let at = 0
      for (const each of all) {
        expect(clock.get(each.id)!.epochMilliseconds - now.epochMilliseconds).toBe(at * 60_000)
        at += each.minutes
      }
      expect(lengthOf(all)).toBe(at)
    }),
  )
})

test('BOARD-4 the running clock is right through the change of the clocks', () => {
  const clock = runningClock(Temporal.Instant.from('2026-10-25T00:30:00Z'), [
    { id: 1, minutes: 60 },
    { id: 2, minutes: 5 },
  ])
  // 1:30am summer time, an hour later it is 1:30am again.
  expect(clock.get(1)!.toPlainTime().toString()).toBe('01:30:00')
  expect(clock.get(2)!.toPlainTime().toString()).toBe('01:30:00')
})

test('BOARD-4 moving up and down keeps every item, and down undoes up', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 20 }),
      fc.nat(),
      (all, n) => {
        const id = all[n % all.length]!
        const up = moved(all, id, 'up')
        expect([...up].sort()).toEqual([...all].sort())
        if (all[0] !== id) expect(moved(up, id, 'down')).toEqual(all)
        expect(moved(all, 1000, 'down')).toEqual(all)
      },
    ),
  )
})

test('BOARD-4 an item that has its answer keeps it, whatever is tried', () => {
  const steps: ((it: Item) => ReturnType<typeof placeItem>)[] = [
    it => placeItem(it, { state: 'agenda-open' }, 10, 45, {}),
    it => deferItem(it, { reference: 'M-2', because: 'No time' }, now),
    it => declineItem(it, 'Not ours'),
    withdrawItem,
    it => openItem(it, { state: 'held' }, now),
    it => closeItem(it, now),
  ]
  fc.assert(
    fc.property(fc.array(fc.nat({ max: steps.length - 1 }), { maxLength: 12 }), tried => {
      let it = anItem
      for (const n of tried) {
        const step = steps[n]!(it)
        if (!step.accepted) {
          expect(step.sentence.length).toBeGreaterThan(10)
          continue
        }
        // Out of the agenda leads nothing back, and both ways out of it but the raiser's own have a reason.
        expect(['raised', 'on-agenda']).toContain(it.state)
        if (step.state.state === 'deferred' || step.state.state === 'declined') {
          expect(step.state.because).not.toBe('')
        }
        // Nothing stays open that is not on the agenda.
        if (step.state.state !== 'on-agenda' && step.state.openedAt)
          expect(step.state.closedAt).not.toBeNull()
        expect(step.events).toHaveLength(1)
        it = step.state
      }
    }),
  )
})

test('BOARD-4 an agenda can be longer than its meeting, but not longer than 12 hours', () => {
  expect(placeItem(anItem, { state: 'planned' }, 120, 600, {}).accepted).toBe(true)
  expect(placeItem(anItem, { state: 'planned' }, 121, 600, {})).toMatchObject({
    accepted: false,
    sentence: 'With this the agenda would take 12 hours 1 minute. It can be 12 hours at most',
  })
  expect(minutesInWords(60)).toBe('1 hour')
  expect(minutesInWords(0)).toBe('0 minutes')
})

test('BOARD-4 standing items stay', () => {
  const welcome: Item = { ...anItem, state: 'on-agenda', standing: 'welcome' }
  expect(deferItem(welcome, { reference: 'M-2', because: 'x' }, now).accepted).toBe(false)
  expect(declineItem(welcome, 'x').accepted).toBe(false)
})
