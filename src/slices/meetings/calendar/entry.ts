import ical, {
  ICalAlarmType,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  type ICalCalendar,
  ICalCalendarMethod,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator'
import type { Instant } from '#platform/database/tables.ts'

/** What a calendar says of a meeting: when and where. Nothing of its agenda goes in (R38, R42). */
export interface CalendarEntry {
  /** One for life (R37). */
  readonly uid: string
  readonly sequence: number
  /** When it last changed: its DTSTAMP. */
  readonly changedAt: Instant
  readonly startsAt: Instant
  readonly minutesLong: number
  readonly title: string
  readonly where: string
  /** How to join, what the place offers, how to get there. */
  readonly details: string
  /** The meeting's own page, behind the sign-in. */
  readonly url: string
  readonly cancelled: boolean
}

/** From whom an invitation comes, and for whom it is. */
export interface Invitation {
  readonly method: 'REQUEST' | 'CANCEL'
  /** `reads`: what calendars answer to this address is read. */
  readonly from: { readonly name: string; readonly email: string; readonly reads?: boolean }
  /** `answer`: what they said already; nobody is asked again because the room has changed. */
  readonly to: {
    readonly name: string
    readonly email: string
    readonly answer?: keyof typeof partOf | null
  }
}

const partOf = {
  coming: ICalAttendeeStatus.ACCEPTED,
  'not-sure': ICalAttendeeStatus.TENTATIVE,
  apologies: ICalAttendeeStatus.DECLINED,
} as const

const london = 'Europe/London'

/** Both halves of the year, by the rule that holds since 1996 (R38). */
const londonInFull = [
  'BEGIN:VTIMEZONE',
  `TZID:${london}`,
  'BEGIN:DAYLIGHT',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0100',
  'TZNAME:BST',
  'DTSTART:19960331T010000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0000',
  'TZNAME:GMT',
  'DTSTART:19961027T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
].join('\r\n')

function openCalendar(name: string): ICalCalendar {
  return ical({
    // The library writes this name as it stands.
    name: name.replace(/[\r\n]+/g, ' ').replace(/[\\;,]/g, character => `\\${character}`),
    prodId: { company: 'Closing the Loop', product: 'Meetings', language: 'EN' },
  })
}

function addTo(calendar: ICalCalendar, entry: CalendarEntry) {
  return calendar.createEvent({
    id: entry.uid,
    sequence: entry.sequence,
    stamp: entry.changedAt,
    timezone: london,
    // As London's clocks show it; the zone stands beside it.
    start: entry.startsAt.toZonedDateTimeISO(london).toPlainDateTime(),
    end: entry.startsAt.add({ minutes: entry.minutesLong }).toZonedDateTimeISO(london).toPlainDateTime(),
    summary: entry.title,
    location: entry.where === '' ? null : entry.where,
    description: entry.details === '' ? null : entry.details,
    url: entry.url,
    status: entry.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: entry.cancelled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
  })
}

/** The file that goes with an invitation, a move or a cancellation (R37). */
export function invitationFile(entry: CalendarEntry, { method, from, to }: Invitation): string {
  const calendar = openCalendar(from.name)
  calendar.method(ICalCalendarMethod[method])
  const event = addTo(calendar, entry)
  event.organizer({ name: from.name, email: from.email })
  event.createAttendee({
    name: to.name,
    email: to.email,
    // Where nobody reads what calendars answer, they are not asked to: apologies are sent on the meeting's page.
    rsvp: method === 'REQUEST' && from.reads === true,
    role: ICalAttendeeRole.REQ,
    status: to.answer ? partOf[to.answer] : ICalAttendeeStatus.NEEDSACTION,
    type: ICalAttendeeType.INDIVIDUAL,
  })
  return finished(calendar)
}

/** One person's meetings, as their calendar asks for them again and again (R39). */
export function feedFile(
  name: string,
  entries: readonly CalendarEntry[],
  options: { reminds: boolean },
): string {
  const calendar = openCalendar(name)
  calendar.method(ICalCalendarMethod.PUBLISH)
  calendar.ttl(60 * 60)
  for (const entry of entries) {
    const event = addTo(calendar, entry)
    if (options.reminds && !entry.cancelled) {
      event.createAlarm({ type: ICalAlarmType.display, trigger: 24 * 60 * 60, description: entry.title })
    }
  }
  return finished(calendar)
}

/**
 * With the time zone in full before the first entry. The library would write it too, but then gives the time of the
 * change (DTSTAMP) as a time in London, where RFC 5545 asks for UTC.
 */
function finished(calendar: ICalCalendar): string {
  const begins = '\r\nBEGIN:VEVENT\r\n'
  const text = calendar.toString().replace(begins, () => `\r\n${londonInFull}${begins}`)
  return text.endsWith('\r\n') ? text : `${text}\r\n`
}
