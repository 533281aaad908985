import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { momentAt, readTime } from './times.ts'
import { timeInWords } from './words.ts'

const aTime = fc
  .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) })
  .map(each => Temporal.PlainTime.from(each))

test('BOARD-2 a time is read as it is written, in words, with a dot or with 24 hours', () => {
  fc.assert(
    fc.property(aTime, time => {
      const words = timeInWords(time)
      for (const typed of [
        words,
        words.toUpperCase(),
        words.replace(':', '.'),
        ` ${words} `,
        time.toString().slice(0, 5),
      ]) {
        expect(readTime(typed)?.toString(), typed).toBe(time.toString())
      }
    }),
  )
  expect(readTime('2 pm')?.toString()).toBe('14:00:00')
  expect(readTime('2.30 p.m.')?.toString()).toBe('14:30:00')
  expect(readTime('12am')?.toString()).toBe('00:00:00')
})

test.each(['', '2', '14', '25:00', '12:60', '13pm', '0am', 'half past two', '2:3', '-1:00', '2pmish', '٢pm'])(
  'BOARD-2 %j is no time',
  typed => expect(readTime(typed)).toBeUndefined(),
)

test('BOARD-2 a day and a time are one moment in London; the hours of the clock changes say what is wrong', () => {
  const at = (day: string, time: string) =>
    momentAt(Temporal.PlainDate.from(day), Temporal.PlainTime.from(time))
  expect(at('2027-03-28', '01:30')).toMatchObject({ ok: false, why: 'not-there' })
  expect(at('2027-03-28', '01:30')).toHaveProperty(
    'sentence',
    'The clocks go forward on 28 March 2027, so there is no 1:30am that day. Choose another time',
  )
  expect(at('2027-10-31', '01:30')).toMatchObject({ ok: false, why: 'twice' })
  expect(at('2027-10-31', '02:00')).toMatchObject({ ok: true })
  expect(at('2027-03-28', '02:00')).toMatchObject({ ok: true })
  const first = Temporal.PlainDate.from('2024-01-01')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), aTime, (days, time) => {
      const day = first.add({ days })
      const read = momentAt(day, time)
      const isTheHour =
        time.hour === 1 && day.dayOfWeek === 7 && day.day >= 25 && (day.month === 3 || day.month === 10)
      expect(read.ok).toBe(!isTheHour)
      if (!read.ok) return
      const there = read.at.toZonedDateTimeISO('Europe/London')
      expect(there.toPlainDate().equals(day) && there.toPlainTime().equals(time)).toBe(true)
    }),
  )
})
