import fc from 'fast-check'
import ICAL from 'ical.js'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { type CalendarEntry, feedFile, invitationFile } from './entry.ts'

const from = { name: 'First Imaging Network', email: 'loop@first.example.org' }
const to = { name: 'Zoë “Z”; Volunteer', email: 'zoe@example.org' }

const base: CalendarEntry = {
  uid: '0c1d6b3e-5c46-4f5f-9f1c-0d1f3c1a2b3c',
  sequence: 0,
  changedAt: Temporal.Instant.from('2026-06-09T09:00:00Z'),
  startsAt: Temporal.Instant.from('2026-07-01T13:00:00Z'),
  minutesLong: 120,
  title: 'Operational Board, 1 July 2026',
  where: 'Microsoft Teams',
  details: 'Join online: https://teams.example.org/1',
  url: 'http://loop.test/first/meetings/M-14?sign-in',
  cancelled: false,
}

/** As another implementation reads it, with the time zone that the file brings. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  for (const each of calendar.getAllSubcomponents('vtimezone')) {
    ICAL.TimezoneService.register(new ICAL.Timezone(each))
  }
  return { calendar, events: calendar.getAllSubcomponents('vevent').map(each => new ICAL.Event(each)) }
}

const startOf = (event: ICAL.Event) =>
  Temporal.Instant.fromEpochMilliseconds(event.startDate.toUnixTime() * 1000)

const aMinute = fc
  .integer({ min: 0, max: 6 * 366 * 24 * 12 })
  .map(fives => Temporal.Instant.from('2024-01-01T00:00:00Z').add({ minutes: fives * 5 }))
  // The hour that comes twice cannot be planned: a local time cannot say which one is meant.
  .filter(moment => !isTwice(moment))
const isTwice = (moment: Temporal.Instant) => {
  const there = moment.toZonedDateTimeISO('Europe/London')
  const plain = there.toPlainDateTime()
  const [one, other] = (['earlier', 'later'] as const).map(disambiguation =>
    plain.toZonedDateTime('Europe/London', { disambiguation }),
  )
  return !one!.equals(other!)
}

test('BOARD-3 another program reads the same moment out of the file, in summer, in winter and at both changes', () => {
  fc.assert(
    fc.property(aMinute, startsAt => {
      const { events } = read(invitationFile({ ...base, startsAt }, { method: 'REQUEST', from, to }))
      expect(startOf(events[0]!).equals(startsAt)).toBe(true)
      expect(events[0]!.startDate.zone.tzid).toBe('Europe/London')
    }),
  )
  for (const day of ['2027-03-26', '2027-03-28', '2027-03-29', '2027-10-29', '2027-10-31', '2027-11-01']) {
    const startsAt = Temporal.PlainDate.from(day)
      .toZonedDateTime({ timeZone: 'Europe/London', plainTime: '14:30' })
      .toInstant()
    const text = invitationFile({ ...base, startsAt }, { method: 'REQUEST', from, to })
    const event = read(text).events[0]!
    expect(startOf(event).equals(startsAt), day).toBe(true)
    expect(event.startDate.hour, day).toBe(14)
    expect(event.duration.toSeconds(), day).toBe(2 * 60 * 60)
    expect(text).toContain(`DTSTART;TZID=Europe/London:${day.replaceAll('-', '')}T143000\r\n`)
  }
})

test('BOARD-3 an invitation asks, a cancellation cancels: the same UID, a number that rises, when it changed in UTC', () => {
  const asked = read(invitationFile(base, { method: 'REQUEST', from, to }))
  expect(asked.calendar.getFirstPropertyValue('method')).toBe('REQUEST')
  expect(asked.events[0]!.uid).toBe(base.uid)
  expect(asked.events[0]!.sequence).toBe(0)
  expect(asked.events[0]!.component.getFirstPropertyValue('status')).toBe('CONFIRMED')
  const stamp = asked.events[0]!.component.getFirstPropertyValue('dtstamp') as ICAL.Time
  expect(stamp.zone.tzid).toBe('UTC')
  expect(stamp.toUnixTime() * 1000).toBe(base.changedAt.epochMilliseconds)
  expect(asked.events[0]!.organizer).toBe('mailto:loop@first.example.org')
  expect(asked.events[0]!.attendees.map(each => String(each.getFirstValue()).toLowerCase())).toEqual([
    'mailto:zoe@example.org',
  ])
  const off = read(invitationFile({ ...base, sequence: 3, cancelled: true }, { method: 'CANCEL', from, to }))
  expect(off.calendar.getFirstPropertyValue('method')).toBe('CANCEL')
  expect(off.events[0]!.uid).toBe(base.uid)
  expect(off.events[0]!.sequence).toBe(3)
  expect(off.events[0]!.component.getFirstPropertyValue('status')).toBe('CANCELLED')
})

test('BOARD-3 whatever words are in it come out as they went in; no line is longer than 75 octets, no character cut', () => {
  const words = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.constantFrom('a,b;c\\d\ne', 'BEGIN:VEVENT', '\\n', 'é😀'.repeat(90), 'END:VCALENDAR\nX:1', 'שלום'),
  )
  const clean = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ').trim()
  fc.assert(
    fc.property(words, words, words, (title, where, details) => {
      const entry = {
        ...base,
        title: clean(title) || 'x',
        where: clean(where),
        details: details.includes('\n') ? details : clean(details),
      }
      for (const text of [
        invitationFile(entry, { method: 'REQUEST', from: { ...from, name: entry.title }, to }),
        feedFile(entry.title, [entry, { ...entry, uid: 'other' }], { reminds: true }),
      ]) {
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
        for (const line of text.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
          expect(line.isWellFormed()).toBe(true)
        }
        const [event] = read(text).events
        expect(event!.summary).toBe(entry.title)
        expect(event!.location ?? '').toBe(entry.where)
        expect(event!.description ?? '').toBe(entry.details)
      }
    }),
  )
})

test('BOARD-3 a feed carries all its meetings, one time zone, and an alarm only for whoever wants it', () => {
  const entries = [base, { ...base, uid: 'off', cancelled: true }]
  const quiet = feedFile('Your meetings', entries, { reminds: false })
  expect(read(quiet).events.map(each => each.uid)).toEqual([base.uid, 'off'])
  expect(quiet.match(/BEGIN:VTIMEZONE/g)).toHaveLength(1)
  expect(quiet.match(/BEGIN:(DAYLIGHT|STANDARD)/g)).toHaveLength(2)
  expect(quiet).not.toContain('VALARM')
  const loud = read(feedFile('Your meetings', entries, { reminds: true })).events
  expect(loud.map(each => each.component.getAllSubcomponents('valarm').length)).toEqual([1, 0])
  expect(read(feedFile('Your meetings', [], { reminds: true })).events).toEqual([])
})
