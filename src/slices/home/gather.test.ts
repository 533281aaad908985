import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { isLate } from '#kernel/calendar/working-days.ts'
import { inOrder } from './gather.ts'

const today = Temporal.PlainDate.from('2026-06-09')

test('LOOP-19 late comes first, then the nearest day, then what has none; nothing is lost', () => {
  const line = fc.record({
    title: fc.string(),
    href: fc.constant('/x'),
    status: fc.constant('x'),
    due: fc.option(fc.integer({ min: -30, max: 30 }).map(days => today.add({ days }))),
  })
  fc.assert(
    fc.property(fc.array(fc.record({ needs: fc.array(line, { maxLength: 5 }) }), { maxLength: 4 }), parts => {
      const { needs } = inOrder(parts, today)
      expect(needs.length).toBe(parts.reduce((sum, part) => sum + part.needs.length, 0))
      const key = (due: Temporal.PlainDate | null | undefined) =>
        due ? `${isLate(due, today) ? 0 : 1}${due}` : '2'
      const keys = needs.map(each => key(each.due))
      expect(keys).toEqual([...keys].sort())
    }),
  )
})

test('LOOP-19 what moved last stands first', () => {
  const at = (hour: number) => Temporal.Instant.from(`2026-06-09T0${hour}:00:00Z`)
  const moved = (hour: number) => ({ title: String(hour), href: '/x', status: '', at: at(hour) })
  const { moved: list } = inOrder([{ moved: [moved(1), moved(3)] }, { moved: [moved(2)] }], today)
  expect(list.map(each => each.title)).toEqual(['3', '2', '1'])
})
