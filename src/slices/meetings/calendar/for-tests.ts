import { createHash } from 'node:crypto'
import type { Temporal } from 'temporal-polyfill'

/** E-mails with answers, as calendars write them: as code, so that a reader sees what they hold. */
export interface Answered {
  readonly uid: string
  readonly startsAt: Temporal.Instant
  readonly minutesLong?: number
  readonly from: string
  readonly name?: string
  readonly organiser?: string
  readonly part?: 'ACCEPTED' | 'DECLINED' | 'TENTATIVE' | 'DELEGATED' | 'NEEDS-ACTION'
  /** Undefined leaves it out. */
  readonly sequence?: number | undefined
  readonly stampedAt: Temporal.Instant
  readonly comment?: string
  readonly method?: 'REPLY' | 'COUNTER'
  /** Who answers, where somebody else sends it. */
  readonly attendee?: string
  readonly vouchedFor?: boolean
}

export const ourServer = 'mx.example.org'

const utc = (at: Temporal.Instant) =>
  at.toString({ smallestUnit: 'second' }).replaceAll('-', '').replaceAll(':', '')
const london = (at: Temporal.Instant) =>
  at
    .toZonedDateTimeISO('Europe/London')
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' })
    .replace(/[-:]/g, '')
const escaped = (words: string) => words.replace(/[\\;,]/g, each => `\\${each}`).replaceAll('\n', '\\n')

/** At 75 octets, as RFC 5545 asks: never inside a character. */
function folded(lines: readonly string[]): string {
  return lines
    .flatMap(line => {
      const pieces: string[] = []
      let piece = ''
      for (const letter of line) {
        if (Buffer.byteLength(piece + letter) > (pieces.length === 0 ? 75 : 74)) {
          pieces.push(piece)
          piece = ''
        }
        piece += letter
      }
      return [...pieces, piece].map((each, n) => (n === 0 ? each : ` ${each}`))
    })
    .join('\r\n')
    .concat('\r\n')
}

const said = {
  ACCEPTED: 'Accepted',
  DECLINED: 'Declined',
  TENTATIVE: 'Tentative',
  DELEGATED: 'Delegated',
} as const
const subjectOf = ({ part = 'ACCEPTED' }: Answered) =>
  `${part in said ? said[part as keyof typeof said] : 'New time proposed'}: Operational Board`

const headers = (it: Answered, more: readonly string[]) => [
  ...(it.vouchedFor === false
    ? []
    : [`Authentication-Results: ${ourServer}; dmarc=pass header.from=${it.from.split('@')[1]}`]),
  `From: ${it.name ?? 'Vera Volunteer'} <${it.from}>`,
  `To: First Imaging Network <${it.organiser ?? 'loop@first.example.org'}>`,
  `Subject: ${subjectOf(it)}`,
  'Date: Tue, 09 Jun 2026 10:00:00 +0100',
  `Message-ID: <${createHash('sha256').update(JSON.stringify(it)).digest('hex').slice(0, 24)}@${it.from.split('@')[1]}>`,
  'MIME-Version: 1.0',
  ...more,
]

const asBytes = (lines: readonly string[]) => new Uint8Array(Buffer.from(lines.join('\r\n')))
const inLines = (base64: string) => base64.replace(/.{1,76}/g, '$&\r\n').trimEnd()
/** Soft breaks at 72, never inside an octet; a space at the end of a line is written out. */
const quotedPrintable = (text: string) =>
  text
    .split('\r\n')
    .map(line => {
      const octets = [...Buffer.from(line)].map((each, at, all) =>
        (each > 32 && each < 127 && each !== 61) || (each === 32 && at < all.length - 1)
          ? String.fromCharCode(each)
          : `=${each.toString(16).toUpperCase().padStart(2, '0')}`,
      )
      const rows = ['']
      for (const each of octets) {
        if (rows.at(-1)!.length + each.length > 72) rows.push('')
        rows[rows.length - 1] += each
      }
      return rows.join('=\r\n')
    })
    .join('\r\n')

/** As Exchange writes it: a Windows time zone in full, the attendee first, everything with a language. */
export function outlookText(it: Answered): string {
  const { part = 'ACCEPTED', method = 'REPLY', comment } = it
  const ends = it.startsAt.add({ minutes: it.minutesLong ?? 120 })
  const sentBy = it.attendee ? `;SENT-BY="MAILTO:${it.from}"` : ''
  return folded([
    'BEGIN:VCALENDAR',
    `METHOD:${method}`,
    'PRODID:Microsoft Exchange Server 2010',
    'VERSION:2.0',
    'BEGIN:VTIMEZONE',
    'TZID:GMT Standard Time',
    'BEGIN:STANDARD',
    'DTSTART:16010101T020000',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0000',
    'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
    'END:STANDARD',
    'BEGIN:DAYLIGHT',
    'DTSTART:16010101T010000',
    'TZOFFSETFROM:+0000',
    'TZOFFSETTO:+0100',
    'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
    'END:DAYLIGHT',
    'END:VTIMEZONE',
    'BEGIN:VEVENT',
    ...(method === 'COUNTER'
      ? [`ORGANIZER;CN=First:mailto:${it.organiser ?? 'loop@first.example.org'}`]
      : []),
    `ATTENDEE;PARTSTAT=${part}${sentBy};CN=${it.name ?? 'Vera Volunteer'}:MAILTO:${(it.attendee ?? it.from).replace(/^./, each => each.toUpperCase())}`,
    ...(comment === undefined ? [] : [`COMMENT;LANGUAGE=en-GB:${escaped(comment)}\\n`]),
    `UID:${it.uid}`,
    `SUMMARY;LANGUAGE=en-GB:${escaped(subjectOf(it))}`,
    `DTSTART;TZID=GMT Standard Time:${london(it.startsAt)}`,
    `DTEND;TZID=GMT Standard Time:${london(ends)}`,
    'CLASS:PUBLIC',
    'PRIORITY:5',
    `DTSTAMP:${utc(it.stampedAt)}`,
    'TRANSP:OPAQUE',
    'STATUS:CONFIRMED',
    ...(it.sequence === undefined ? [] : [`SEQUENCE:${it.sequence}`]),
    'LOCATION;LANGUAGE=en-GB:Microsoft Teams',
    'X-MICROSOFT-CDO-APPT-SEQUENCE:0',
    'X-MICROSOFT-CDO-OWNERAPPTID:-1',
    'X-MICROSOFT-CDO-BUSYSTATUS:BUSY',
    ...(method === 'COUNTER' ? [`X-MS-OLK-ORIGINALSTART:${utc(it.stampedAt)}`] : []),
    'X-MICROSOFT-DISALLOW-COUNTER:FALSE',
    'END:VEVENT',
    'END:VCALENDAR',
  ])
}

/** Outlook: beside the words, in base64. */
export const fromOutlook = (it: Answered): Uint8Array =>
  asBytes([
    ...headers(it, [
      'X-MS-Exchange-Organization-SCL: -1',
      'Content-Type: multipart/alternative; boundary="_000_AB"',
    ]),
    '',
    '--_000_AB',
    'Content-Type: text/plain; charset="us-ascii"',
    '',
    it.comment ?? '',
    '--_000_AB',
    `Content-Type: text/calendar; charset="utf-8"; method=${it.method ?? 'REPLY'}`,
    'Content-Transfer-Encoding: base64',
    '',
    inLines(Buffer.from(outlookText(it)).toString('base64')),
    '--_000_AB--',
    '',
  ])

/** As Google writes it: in UTC, the words beside the attendee, the invitation's description given back. */
function googleText(it: Answered): string {
  const { part = 'ACCEPTED', comment } = it
  return folded([
    'BEGIN:VCALENDAR',
    'PRODID:-//Google Inc//Google Calendar 70.9054//EN',
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    `METHOD:${it.method ?? 'REPLY'}`,
    'BEGIN:VEVENT',
    `DTSTART:${utc(it.startsAt)}`,
    `DTEND:${utc(it.startsAt.add({ minutes: it.minutesLong ?? 120 }))}`,
    `DTSTAMP:${utc(it.stampedAt)}`,
    `ORGANIZER;CN=First Imaging Network:mailto:${it.organiser ?? 'loop@first.example.org'}`,
    `UID:${it.uid}`,
    `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=${part};CN=${it.name ?? 'Vera Volunteer'};X-NUM-GUESTS=0${comment === undefined ? '' : `;X-RESPONSE-COMMENT="${comment}"`}:mailto:${it.attendee ?? it.from}`,
    `CREATED:${utc(it.stampedAt)}`,
    'DESCRIPTION:Join online: https://teams.example.org/l/meetup-join/19%3ameeting_a-very-long-address-that-is-folded-in-the-middle',
    `LAST-MODIFIED:${utc(it.stampedAt)}`,
    'LOCATION:Microsoft Teams',
    ...(it.sequence === undefined ? [] : [`SEQUENCE:${it.sequence}`]),
    'STATUS:CONFIRMED',
    'SUMMARY:Operational Board',
    'TRANSP:OPAQUE',
    'END:VEVENT',
    'END:VCALENDAR',
  ])
}

/** Google: beside the words in 8bit, and once more as a file. */
export const fromGoogle = (it: Answered): Uint8Array =>
  asBytes([
    ...headers(it, [
      'Sender: Google Calendar <calendar-notification@google.com>',
      'Content-Type: multipart/mixed; boundary="000000000000"',
    ]),
    '',
    '--000000000000',
    'Content-Type: multipart/alternative; boundary="111111111111"',
    '',
    '--111111111111',
    'Content-Type: text/plain; charset="UTF-8"; format=flowed; delsp=yes',
    '',
    `${it.name ?? 'Vera Volunteer'} has answered this invitation.`,
    '--111111111111',
    `Content-Type: text/calendar; charset="UTF-8"; method=${it.method ?? 'REPLY'}`,
    'Content-Transfer-Encoding: 8bit',
    '',
    googleText(it),
    '--111111111111--',
    '--000000000000',
    'Content-Type: application/ics; name="invite.ics"',
    'Content-Disposition: attachment; filename="invite.ics"',
    'Content-Transfer-Encoding: base64',
    '',
    inLines(Buffer.from(googleText(it)).toString('base64')),
    '--000000000000--',
    '',
  ])

/** As Apple writes it: London's zone by its name, the address in capitals, parameters in another order. */
function appleText(it: Answered): string {
  const { part = 'ACCEPTED', comment } = it
  return folded([
    'BEGIN:VCALENDAR',
    'CALSCALE:GREGORIAN',
    'VERSION:2.0',
    `METHOD:${it.method ?? 'REPLY'}`,
    'PRODID:-//Apple Inc.//macOS 14.4//EN',
    'BEGIN:VTIMEZONE',
    'TZID:Europe/London',
    'BEGIN:DAYLIGHT',
    'TZOFFSETFROM:+0000',
    'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
    'DTSTART:19810329T010000',
    'TZNAME:BST',
    'TZOFFSETTO:+0100',
    'END:DAYLIGHT',
    'BEGIN:STANDARD',
    'TZOFFSETFROM:+0100',
    'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
    'DTSTART:19961027T020000',
    'TZNAME:GMT',
    'TZOFFSETTO:+0000',
    'END:STANDARD',
    'END:VTIMEZONE',
    'BEGIN:VEVENT',
    `UID:${it.uid.toUpperCase()}`,
    `DTEND;TZID=Europe/London:${london(it.startsAt.add({ minutes: it.minutesLong ?? 120 }))}`,
    `ATTENDEE;CN="${it.name ?? 'Volunteer, Vera'}";CUTYPE=INDIVIDUAL;EMAIL="${it.attendee ?? it.from}";PARTSTAT=${part};ROLE=REQ-PARTICIPANT;RSVP=TRUE:MAILTO:${(it.attendee ?? it.from).toUpperCase()}`,
    ...(comment === undefined ? [] : [`COMMENT:${escaped(comment)}`]),
    'SUMMARY:Operational Board',
    `LAST-MODIFIED:${utc(it.stampedAt)}`,
    `DTSTAMP:${utc(it.stampedAt)}`,
    `DTSTART;TZID=Europe/London:${london(it.startsAt)}`,
    ...(it.sequence === undefined ? [] : [`SEQUENCE:${it.sequence}`]),
    `ORGANIZER;CN="First Imaging Network";EMAIL="${it.organiser ?? 'loop@first.example.org'}":mailto:${it.organiser ?? 'loop@first.example.org'}`,
    'X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC',
    'END:VEVENT',
    'END:VCALENDAR',
  ])
}

/** Apple Mail: as a part of its own, in quoted-printable. */
export const fromApple = (it: Answered): Uint8Array =>
  asBytes([
    ...headers(it, [
      'X-Mailer: Apple Mail (2.3774.500.171.1.1)',
      'Content-Type: multipart/mixed; boundary="Apple-Mail=_1"',
    ]),
    '',
    '--Apple-Mail=_1',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    '',
    '--Apple-Mail=_1',
    `Content-Type: text/calendar; charset=utf-8; name=iCal-1.ics; method=${it.method ?? 'REPLY'}`,
    'Content-Disposition: attachment; filename=iCal-1.ics',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    quotedPrintable(appleText(it)),
    '--Apple-Mail=_1--',
    '',
  ])

export const calendars = {
  Outlook: { text: outlookText, mail: fromOutlook },
  Google: { text: googleText, mail: fromGoogle },
  Apple: { text: appleText, mail: fromApple },
} as const
