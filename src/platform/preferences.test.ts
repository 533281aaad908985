import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  afterQuiet,
  channelFor,
  digestAt,
  groupOf,
  hashOfTypedToken,
  hourInWords,
  isResting,
  preferenceToken,
  readWishes,
} from './preferences.ts'

const at = (text: string) => Temporal.Instant.from(text)
const london = (moment: Temporal.Instant) => moment.toZonedDateTimeISO('Europe/London')
const moments = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) })
  .map(ms => Temporal.Instant.fromEpochMilliseconds(ms))
const hour = fc.integer({ min: 0, max: 23 })

describe('PEOPLE-19 when and how somebody is told', () => {
  test.each([
    ['in the evening, until the morning', '2026-07-01T21:30:00Z', 22, 7, '2026-07-02T06:00:00Z'],
    ['after midnight, the same morning', '2026-07-02T01:00:00Z', 22, 7, '2026-07-02T06:00:00Z'],
    ['outside them, at once', '2026-07-02T06:00:00Z', 22, 7, '2026-07-02T06:00:00Z'],
    ['by day', '2026-01-05T12:10:00Z', 12, 14, '2026-01-05T14:00:00Z'],
    ['the night when the clocks go forward', '2026-03-29T00:30:00Z', 22, 7, '2026-03-29T06:00:00Z'],
  ])('PEOPLE-19 quiet hours: %s', (_, now, from, until, then) => {
    expect(afterQuiet(at(now), { quiet_from: from, quiet_until: until }).toString()).toBe(then)
  })

  test('PEOPLE-19 whatever the quiet hours, a message waits less than a day and never falls into them', () => {
    fc.assert(
      fc.property(moments, hour, hour, (now, from, until) => {
        const quiet = { quiet_from: from, quiet_until: until }
        const then = afterQuiet(now, quiet)
        expect(then.epochMilliseconds).toBeGreaterThanOrEqual(now.epochMilliseconds)
        expect(then.since(now).total('hours')).toBeLessThanOrEqual(25)
        expect(afterQuiet(then, quiet).equals(then)).toBe(true)
      }),
    )
    expect(afterQuiet(at('2026-07-01T21:30:00Z'), { quiet_from: null, quiet_until: null })).toEqual(
      at('2026-07-01T21:30:00Z'),
    )
  })

  test('PEOPLE-19 a digest comes at eight, each day or on Monday, never before what it tells of', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom('daily' as const, 'weekly' as const), (now, digest) => {
        const then = digestAt(now, digest)
        expect(then.epochMilliseconds).toBeGreaterThanOrEqual(now.epochMilliseconds)
        expect(london(then).hour).toBe(8)
        if (digest === 'weekly') expect(london(then).dayOfWeek).toBe(1)
        expect(then.since(now).total('hours')).toBeLessThanOrEqual(digest === 'daily' ? 25 : 7 * 24 + 1)
      }),
    )
  })

  test('PEOPLE-19 what law and safety ask for comes in the usual way whatever was chosen; only reminders can be left out', () => {
    const all = () => true
    const wishes = readWishes({
      answers: 'post',
      meetings: 'off',
      reminders: 'off',
      tasks: 'pigeon',
      always: 'off',
    })
    expect(wishes).toEqual({ answers: 'post', reminders: 'off' })
    expect(channelFor('always', 'email', wishes, all)).toBe('email')
    expect(channelFor('answers', 'email', wishes, all)).toBe('post')
    expect(channelFor('meetings', 'email', wishes, all)).toBe('email')
    expect(channelFor('reminders', 'email', wishes, all)).toBeUndefined()
    // Nowhere to send it: the usual way.
    expect(channelFor('answers', 'phone', wishes, each => each !== 'post')).toBe('phone')
    for (const about of ['sign-in', 'account', 'concern', 'data-complaint', 'ending', 'withdrawal'])
      expect(groupOf({ kind: 'x', about: { kind: about } })).toBe('always')
    expect(groupOf({ kind: 'digest', about: { kind: 'digest' } })).toBe('reminders')
    expect(groupOf({ kind: 'x', about: { kind: 'paper' } })).toBe('meetings')
    expect(groupOf({ kind: 'x', about: { kind: 'action' } })).toBe('tasks')
    expect(groupOf({ kind: 'x', about: { kind: 'contribution' } })).toBe('answers')
    expect(readWishes(null)).toEqual({})
  })

  test('PEOPLE-19 a time of rest begins and ends with its days', () => {
    const day = (text: string) => Temporal.PlainDate.from(text)
    const rest = { paused_from: day('2026-06-02'), paused_until: day('2026-06-04') }
    expect(['01', '02', '04', '05'].map(each => isResting(rest, day(`2026-06-${each}`)))).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(isResting({ ...rest, paused_until: null }, day('2036-01-01'))).toBe(true)
    expect(isResting({ paused_from: null, paused_until: null }, day('2026-06-02'))).toBe(false)
  })

  test('PEOPLE-19 R42 the key in a link is long, easy to type and another one for each person and month', () => {
    const seal = (purpose: string, text: string) => `${purpose}|${text}`
    const june = Temporal.PlainDate.from('2026-06-02')
    const token = preferenceToken(seal, 1, 2, june)
    expect(token).toMatch(/^([a-hjkmnp-z2-9]{4}-){4}[a-hjkmnp-z2-9]{4}$/)
    expect(preferenceToken(seal, 1, 2, june.with({ day: 30 }))).toBe(token)
    for (const other of [
      preferenceToken(seal, 1, 3, june),
      preferenceToken(seal, 2, 2, june),
      preferenceToken(seal, 1, 2, june.add({ months: 1 })),
    ])
      expect(other).not.toBe(token)
    expect(hashOfTypedToken(` ${token.toUpperCase().replaceAll('-', ' ')}`)).toBe(hashOfTypedToken(token))
    expect([0, 9, 12, 21].map(hourInWords)).toEqual(['midnight', '9am', 'midday', '9pm'])
  })
})
