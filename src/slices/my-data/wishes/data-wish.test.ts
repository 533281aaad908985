import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { isWorkingDay } from '#kernel/calendar/working-days.ts'
import { answer, type DataWish, extend, monthsAfter, pause, receive, resume, takeBack } from './data-wish.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const open = receive(day('2026-06-09'), day('2026-06-23'))

test.each([
  ['2026-06-09', '2026-07-09'],
  // 31 January: February has no such day, and its last one is a Saturday.
  ['2026-01-31', '2026-03-02'],
  // A Sunday.
  ['2026-06-12', '2026-07-13'],
  // Christmas Day, Boxing Day and their weekend.
  ['2026-11-25', '2026-12-29'],
])('PEOPLE-18 R6 what comes in on %s is answered by %s', (received, last) => {
  expect(monthsAfter(day(received), 1).toString()).toBe(last)
})

test('PEOPLE-18 R6 a pause gives back exactly the days it took, and the end is a working day', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 60 }), (from, length) => {
      const since = open.receivedOn.add({ days: from })
      const paused = pause(open, 'Who are you?', since)
      if (!paused.accepted) throw new Error(paused.sentence)
      const back = resume(paused.state, since.add({ days: length }))
      if (!back.accepted) throw new Error(back.sentence)
      const moved = open.lastDay.until(back.state.lastDay, { largestUnit: 'days' }).days
      expect(moved).toBeGreaterThanOrEqual(length)
      expect(moved).toBeLessThan(length + 5)
      expect(isWorkingDay(back.state.lastDay)).toBe(true)
      expect(back.state.firstMonth.equals(open.firstMonth)).toBe(true)
    }),
  )
})

test('PEOPLE-18 R6 more time: at most two months, once, and told within the first month', () => {
  const more = extend(open, 2, day('2026-07-09'))
  expect(more.accepted && more.state.lastDay.toString()).toBe('2026-09-09')
  expect(more.accepted && extend(more.state, 1, day('2026-07-09'))).toMatchObject({ reason: 'extended' })
  expect(extend(open, 1, day('2026-07-10'))).toMatchObject({ reason: 'too-late' })
  expect(pause(open, 'Who are you?', day('2026-07-10'))).toMatchObject({ reason: 'too-late' })
})

test('PEOPLE-18 R6 our own promise never lies behind the end that the law sets', () => {
  expect(receive(day('2026-06-09'), day('2026-09-01')).dueOn.toString()).toBe('2026-07-09')
})

test.each<DataWish['state']>(['done', 'not-done', 'taken-back'])('PEOPLE-18 what is %s is over', state => {
  const it = { ...open, state } as DataWish
  for (const step of [
    answer(it, true),
    takeBack(it),
    extend(it, 1, open.receivedOn),
    pause(it, 'x', open.receivedOn),
  ])
    expect(step).toMatchObject({ accepted: false, reason: 'over' })
})
