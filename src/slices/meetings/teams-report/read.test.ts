import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { textOf } from '#platform/files.ts'
import {
  inUtf8WithMark,
  inUtf16,
  inUtf16BigEndian,
  newerReport,
  olderReport,
  oldestReport,
} from './for-tests.ts'
import { joined, knownAs, minutesIn, orderOf, peopleOf, plainName, readMoment } from './people.ts'
import { readReport } from './read.ts'

const people = [
  {
    name: 'Vera Volunteer',
    email: 'Vera@example.org',
    joined: '6/24/26, 10:00:12 AM',
    left: '6/24/26, 11:02:00 AM',
  },
  { name: 'Gil Guest (Guest)', joined: '6/24/26, 12:10:00 PM', left: '6/24/26, 12:20:00 PM' },
]
const rowsOf = (text: string) => {
  const read = readReport(text)
  if (!read.ok) throw new Error(read.sentence)
  return read.rows
}
const sentenceOf = (text: string) => {
  const read = readReport(text)
  return read.ok ? 'read' : read.sentence
}

describe('BOARD-10 R34 a Teams attendance report is read', () => {
  test.each([
    ['UTF-16LE with tabs', inUtf16(newerReport(people))],
    ['UTF-16BE with tabs', inUtf16BigEndian(newerReport(people))],
    ['UTF-8 with a mark', inUtf8WithMark(newerReport(people))],
    ['UTF-8 with commas', new TextEncoder().encode(newerReport(people, ',', '\n'))],
    ['the older shape', inUtf16(olderReport(people))],
    ['the older shape with commas', new TextEncoder().encode(olderReport(people, ','))],
  ])('BOARD-10 R34 %s', (_, bytes) => {
    const rows = rowsOf(textOf(bytes)!)
    expect(rows.map(({ line: _line, ...row }) => row)).toEqual([
      {
        name: 'Vera Volunteer',
        email: 'Vera@example.org',
        joined: '6/24/26, 10:00:12 AM',
        left: '6/24/26, 11:02:00 AM',
      },
      { name: 'Gil Guest (Guest)', email: '', joined: '6/24/26, 12:10:00 PM', left: '6/24/26, 12:20:00 PM' },
    ])
    const read = peopleOf(rows, 'month-first')
    expect(read.ok && read.people.map(each => minutesIn(each.stays))).toEqual([10, 62])
  })

  test('BOARD-10 R34 the oldest shape: coming and going; who never left stayed to the end', () => {
    const rows = rowsOf(
      oldestReport([
        ['Vera Volunteer', 'Joined', '24/06/2026, 10:00:00'],
        ['Mo Member', 'Joined before', '24/06/2026, 10:01:00'],
        ['Vera Volunteer', 'Left', '24/06/2026, 10:20:00'],
        ['Vera Volunteer', 'Joined', '24/06/2026, 10:30:00'],
        ['Mo Member', 'Left', '24/06/2026, 11:00:00'],
      ]),
    )
    expect(orderOf(rows)).toBe('day-first')
    const read = peopleOf(rows, 'day-first')
    expect(read.ok && read.people.map(each => [each.name, minutesIn(each.stays)])).toEqual([
      ['Mo Member', 59],
      ['Vera Volunteer', 50],
    ])
  })

  test('BOARD-10 R34 columns stand in any order', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(['Name', 'First Join', 'Last Leave', 'Email', 'Role', 'Participant ID (UPN)'], {
          minLength: 6,
        }),
        order => {
          const values: Record<string, string> = {
            Name: 'Vera Volunteer',
            'First Join': '24/06/2026, 10:00:00',
            'Last Leave': '24/06/2026, 11:00:00',
            Email: 'vera@example.org',
            Role: 'Organizer',
            'Participant ID (UPN)': 'vera@trust.example.org',
          }
          const [row] = rowsOf(
            ['2. Participants', order.join('\t'), order.map(each => values[each]).join('\t')].join('\n'),
          )
          expect(row).toEqual({
            line: 3,
            name: 'Vera Volunteer',
            email: 'vera@example.org',
            joined: '24/06/2026, 10:00:00',
            left: '24/06/2026, 11:00:00',
          })
        },
      ),
    )
  })

  test('BOARD-10 other files are refused with the line, and nothing breaks the reader', () => {
    expect(sentenceOf('')).toContain('This file is empty')
    expect(sentenceOf('\r\n\r\n')).toContain('This file is empty')
    expect(sentenceOf('Dear all,\nthank you for coming.')).toMatch(
      /^Line 1: there is no row here that names the columns/,
    )
    expect(sentenceOf('1. Summary\nx\ty\n\n2. Participants\nName\tEmail\nVera\tv@example.org')).toMatch(
      /^Line 5: there is no column that says when somebody joined/,
    )
    expect(sentenceOf('2. Participants\nName\tFirst Join\tLast Leave\n\n3. In-Meeting Activities')).toMatch(
      /^Line 2: nobody is listed below it/,
    )
    expect(sentenceOf('2. Participants\nName\tFirst Join\tLast Leave\nVera\t24/6/2026, 10:00:00\t')).toMatch(
      /^Line 3: the name or a time is missing/,
    )
    const many = Array.from({ length: 3000 }, (_, n) => ({
      ...people[0]!,
      name: `Person ${n}`,
      email: `p${n}@example.org`,
    }))
    expect(sentenceOf(newerReport(many))).toMatch(/^Line 1011: the report has more than 1,000 rows/)
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => {
        expect(typeof sentenceOf(text)).toBe('string')
        expect(typeof sentenceOf(`2. Participants\nName\tFirst Join\tLast Leave\n${text}`)).toBe('string')
      }),
    )
    expect(textOf(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]))).toBeUndefined()
    expect(textOf(new Uint8Array([0xff, 0xfe, 0x00]))).toBeUndefined()
  })
})

describe('BOARD-10 R35 times and people', () => {
  test('BOARD-10 R35 dates that could be read both ways are asked about', () => {
    const row = (joined_: string) => ({ line: 1, name: 'Vera', email: '', joined: joined_, left: joined_ })
    expect(orderOf([row('9/6/2026, 10:00:00')])).toBe('ask')
    expect(orderOf([row('9/6/2026, 10:00:00'), row('24/6/2026, 10:00:00')])).toBe('day-first')
    expect(orderOf([row('9/6/2026, 10:00:00'), row('6/24/2026, 10:00:00')])).toBe('month-first')
    expect(orderOf([row('6/6/26, 10:00:00 AM')])).toBe('day-first')
    expect(orderOf([row('2026-06-09 10:00:00')])).toBe('day-first')
    const at = (text: string, order: 'day-first' | 'month-first' = 'day-first') =>
      readMoment(text, order)?.toString()
    expect(at('9/6/2026, 10:00:00')).toBe('2026-06-09T09:00:00Z')
    expect(at('9/6/2026, 10:00:00', 'month-first')).toBe('2026-09-06T09:00:00Z')
    expect(at('6/9/26, 12:05:00 AM', 'month-first')).toBe('2026-06-08T23:05:00Z')
    expect(at('24/06/2026, 13:00:00 PM')).toBeUndefined()
    expect(at('31/02/2026, 10:00:00')).toBeUndefined()
    expect(at('yesterday')).toBeUndefined()
    const wrong = peopleOf([{ ...row('yesterday'), line: 12 }], 'day-first')
    expect(!wrong.ok && wrong.sentence).toBe(
      'Line 12: “yesterday” is not a date and a time that we can read.',
    )
  })

  test('BOARD-10 several joins of one person add up, and no minute counts twice', () => {
    const start = Temporal.Instant.from('2026-06-24T09:00:00Z')
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 30 })), { maxLength: 10 }), list => {
        const stays = list.map(([from, long]) => ({
          from: start.add({ minutes: from }),
          to: start.add({ minutes: from + long }),
        }))
        const one = joined(stays)
        const minutes = new Set(
          list.flatMap(([from, long]) => Array.from({ length: long }, (_, n) => from + n)),
        )
        expect(minutesIn(one)).toBe(minutes.size)
        expect(joined(one)).toEqual(one)
      }),
    )
  })

  test('BOARD-10 a person is known by e-mail first, then by a name that only one has', () => {
    const known = [
      { id: 1, name: 'Vera Volunteer', email: 'vera@example.org', invited: true },
      { id: 2, name: 'Sam Second', email: 'sam@example.org', invited: true },
      { id: 3, name: 'Dr Sam Second', email: null, invited: false },
      { id: 4, name: 'José O’Neill', email: null, invited: false },
      { id: 5, name: 'Two Same', email: null, invited: true },
      { id: 6, name: 'Two Same', email: null, invited: true },
    ]
    const who = (name: string, email = '') => knownAs({ name, email }, known)?.id
    expect(who('Somebody Else', 'VERA@example.org')).toBe(1)
    expect(who('Volunteer, Vera (Guest)')).toBe(1)
    expect(who('Sam Second')).toBe(2)
    expect(who("Jose O'Neill")).toBe(4)
    expect(who('Two Same')).toBeUndefined()
    expect(who('Gil Guest')).toBeUndefined()
    expect(plainName('Prof. Ann-Marie  Smith [External]')).toBe('ann marie smith')
  })
})
