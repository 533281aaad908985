import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { dueOf } from './person.tsx'

const today = Temporal.PlainDate.from('2026-06-09')
const when = { today, clocks: [] }
const asked = (dueOn: string | null, agreeBy: string) =>
  dueOf(
    {
      standing: { dueOn: dueOn ? Temporal.PlainDate.from(dueOn) : null, agreedOn: null, talkFirst: false },
      agreeBy: Temporal.PlainDate.from(agreeBy),
    },
    { today, when },
  ).toString()

test('PEOPLE-8 nobody is late on their first day: whoever comes after a version has the whole clock', () => {
  expect(asked(null, '2026-01-31')).toBe('2026-07-07')
  expect(asked(null, '2026-06-30')).toBe('2026-06-30')
  expect(asked('2026-05-01', '2026-06-30')).toBe('2026-05-01')
})
