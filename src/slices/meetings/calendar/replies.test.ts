import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { readMail } from '#slices/registration/mail/read.ts'
import { type Answered, calendars, outlookText } from './for-tests.ts'
import { readCalendarReply } from './replies.ts'

const answered: Answered = {
  uid: '0c1d6b3e-5c46-4f5f-9f1c-0d1f3c1a2b3c',
  startsAt: Temporal.Instant.from('2026-06-24T09:00:00Z'),
  from: 'vera@example.org',
  part: 'DECLINED',
  sequence: 2,
  stampedAt: Temporal.Instant.from('2026-06-09T08:30:00Z'),
  comment:
    'I am in hospital that day, sorry; Zoë — and 😀 — can tell you more about it if you ask her before noon',
}

describe.each(Object.entries(calendars))('an answer from %s', (name, { text, mail }) => {
  test(`REACH-7 ${name}: uid, sequence, who, what and why are read`, () => {
    const reply = readCalendarReply(text(answered))!
    expect(reply).toMatchObject({
      method: 'REPLY',
      attendee: 'vera@example.org',
      answer: 'declined',
      sequence: 2,
      sentBy: undefined,
      comment: answered.comment,
      minutesLong: 120,
    })
    expect(reply.uid.toLowerCase()).toBe(answered.uid)
    expect(String(reply.stampedAt)).toBe('2026-06-09T08:30:00Z')
    expect(String(reply.startsAt)).toBe('2026-06-24T09:00:00Z')
    for (const [part, answer] of [
      ['ACCEPTED', 'accepted'],
      ['TENTATIVE', 'tentative'],
    ] as const) {
      expect(readCalendarReply(text({ ...answered, part }))!.answer).toBe(answer)
    }
    // In winter, too.
    const startsAt = Temporal.Instant.from('2027-01-13T14:30:00Z')
    expect(String(readCalendarReply(text({ ...answered, startsAt }))!.startsAt)).toBe(String(startsAt))
    expect(readCalendarReply(text({ ...answered, sequence: undefined }))!.sequence).toBeUndefined()
    expect(readCalendarReply(text({ ...answered, part: 'NEEDS-ACTION' }))).toBeUndefined()
  })

  test(`REACH-7 ${name}: it comes out of the whole e-mail as it went in, and counts as a program’s`, async () => {
    const read = (await readMail(mail(answered), 'mx.example.org'))!
    expect(read).toMatchObject({ verified: true, automatic: true })
    expect(read.to).toContain('loop@first.example.org')
    expect(read.calendars.length).toBeGreaterThan(0)
    for (const each of read.calendars) {
      expect(readCalendarReply(each)!.comment).toBe(answered.comment)
    }
  })
})

test('REACH-7 somebody who answers for another, who sends a deputy, and who proposes another time', () => {
  expect(
    readCalendarReply(outlookText({ ...answered, from: 'office@example.org', attendee: 'vera@example.org' })),
  ).toMatchObject({ attendee: 'vera@example.org', sentBy: 'office@example.org' })
  const delegated = outlookText({ ...answered, part: 'DELEGATED' }).replace(
    'PARTSTAT=DELEGATED',
    'PARTSTAT=DELEGATED;DELEGATED-TO="mailto:sam@example.org"',
  )
  expect(readCalendarReply(delegated)).toMatchObject({ answer: 'declined', deputy: 'sam@example.org' })
  const counter = readCalendarReply(
    outlookText({
      ...answered,
      method: 'COUNTER',
      part: 'TENTATIVE',
      startsAt: Temporal.Instant.from('2026-06-25T13:00:00Z'),
    }),
  )!
  expect(counter).toMatchObject({ method: 'COUNTER', answer: 'tentative' })
  expect(String(counter.startsAt)).toBe('2026-06-25T13:00:00Z')
})

test('REACH-7 a list of everybody: only the one who sent it answers', () => {
  const two = calendars.Google.text(answered).replace(
    /ATTENDEE[\s\S]*?(?=CREATED)/,
    all => `ATTENDEE;PARTSTAT=ACCEPTED:mailto:sam@example.org\r\n${all}`,
  )
  expect(readCalendarReply(two, 'VERA@example.org')).toMatchObject({
    attendee: 'vera@example.org',
    answer: 'declined',
  })
  expect(readCalendarReply(two, 'nobody@example.org')).toBeUndefined()
})

test('REACH-7 whatever comes in: it is read or it is not, and nothing breaks', () => {
  const good = outlookText(answered)
  for (const text of [
    '',
    'BEGIN:VCALENDAR',
    'nonsense',
    good.replace('METHOD:REPLY', 'METHOD:REQUEST'),
    good.replace(/UID:.*\r\n/, ''),
    good.replace(/ATTENDEE[\s\S]*?(?=COMMENT)/, ''),
    good.replaceAll('VEVENT', 'VTODO'),
    good.replace(/MAILTO:Vera@example.org/, 'MAILTO:not an address'),
    `${good}${' '.repeat(300_000)}`,
  ]) {
    expect(readCalendarReply(text)).toBeUndefined()
  }
  const wrongTime = readCalendarReply(
    good.replace(/DTSTAMP:.*/, 'DTSTAMP:yesterday').replace(/SEQUENCE:2/, 'SEQUENCE:two'),
  )
  expect([wrongTime?.answer, wrongTime?.stampedAt]).toEqual(['declined', undefined])
  // With bare line feeds, as some mail servers leave it.
  expect(readCalendarReply(good.replaceAll('\r\n', '\n'))?.answer).toBe('declined')
  fc.assert(
    fc.property(
      fc.nat(good.length),
      fc.nat(60),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      (at, cut, other) => {
        readCalendarReply(good.slice(0, at) + other + good.slice(at + cut))
      },
    ),
    { numRuns: 500 },
  )
})
