import ICAL from 'ical.js'
import { Temporal } from 'temporal-polyfill'
import { cleanText } from '#kernel/text/clean.ts'
import type { Instant } from '#platform/database/tables.ts'

/** What a calendar answers to an invitation (RFC 5546): a reply, or a counter-proposal for another time. */
export interface CalendarReply {
  readonly method: 'REPLY' | 'COUNTER'
  readonly uid: string
  /** Undefined: the calendar left it out. */
  readonly sequence: number | undefined
  /** Who answers, in small letters. */
  readonly attendee: string
  /** Another address in whose hands the answer was: a secretary's. */
  readonly sentBy: string | undefined
  readonly answer: 'accepted' | 'declined' | 'tentative'
  /** Who comes instead, by name or address. */
  readonly deputy: string
  /** What the person wrote with it. */
  readonly comment: string
  /** Of which occurrence; our meetings have one each. */
  readonly recurrence: string | undefined
  readonly stampedAt: Instant | undefined
  /** As the calendar knows the meeting, or as it proposes it. */
  readonly startsAt: Instant | undefined
  readonly minutesLong: number | undefined
  /** The address that the invitation named as its organiser. */
  readonly organiser: string
}

/** Larger than this no calendar answers. */
const largest = 256 * 1024
const longestComment = 1000

const answers: Readonly<Record<string, CalendarReply['answer']>> = {
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'tentative',
  // Somebody else comes: for us that is an apology with a deputy.
  DELEGATED: 'declined',
}

/**
 * Reads an answer as Outlook, Google and Apple write it. Pure; whatever is wrong with it, it does not throw.
 * @param from whose e-mail it came with: who answers, where a calendar lists everybody who was invited
 * @returns undefined when it is no answer to an invitation
 */
export function readCalendarReply(text: string, from?: string): CalendarReply | undefined {
  if (text.length > largest) return undefined
  try {
    return readEvent(text, from?.toLowerCase())
  } catch {
    return undefined
  }
}

function readEvent(text: string, from: string | undefined): CalendarReply | undefined {
  // A mark at the beginning, or empty lines, are no part of it.
  const calendar = new ICAL.Component(ICAL.parse(text.replace(/^[\s\ufeff]+/, '').trimEnd()))
  const method = String(calendar.getFirstPropertyValue('method') ?? '').toUpperCase()
  if (method !== 'REPLY' && method !== 'COUNTER') return undefined
  const event = calendar.getFirstSubcomponent('vevent')
  const uid = event && textOf(event, 'uid')
  if (!event || !uid) return undefined
  const attendee = whoAnswers(event.getAllProperties('attendee'), from)
  if (!attendee) return undefined
  const part = parameter(attendee, 'partstat').toUpperCase()
  // Whoever proposes another time does not know yet.
  const answer = answers[part] ?? (method === 'COUNTER' ? 'tentative' : undefined)
  const who = addressIn(attendee.getFirstValue())
  if (!answer || !who) return undefined
  const sentBy = addressIn(parameter(attendee, 'sent-by'))
  const startsAt = momentOf(event, 'dtstart')
  const endsAt = momentOf(event, 'dtend')
  const sequence = event.getFirstPropertyValue('sequence')
  const recurrence = event.getFirstPropertyValue('recurrence-id')
  return {
    method,
    uid: uid.trim(),
    sequence: typeof sequence === 'number' && Number.isSafeInteger(sequence) ? sequence : undefined,
    attendee: who,
    sentBy: sentBy !== '' && sentBy !== who ? sentBy : undefined,
    answer,
    deputy: part === 'DELEGATED' ? deputyOf(event, attendee) : '',
    // Google writes the words beside the attendee, all others as a property.
    comment: tidy(textOf(event, 'comment') || parameter(attendee, 'x-response-comment')),
    recurrence: recurrence ? String(recurrence) : undefined,
    stampedAt: momentOf(event, 'dtstamp'),
    startsAt,
    minutesLong:
      startsAt && endsAt
        ? Math.round((endsAt.epochMilliseconds - startsAt.epochMilliseconds) / 60_000)
        : undefined,
    organiser: addressIn(event.getFirstPropertyValue('organizer')),
  }
}

/** A reply names one; of a longer list it is who sent it, or the one for whom somebody else sent it. */
function whoAnswers(all: readonly ICAL.Property[], from: string | undefined): ICAL.Property | undefined {
  if (all.length <= 1) return all[0]
  return (
    all.find(each => addressIn(each.getFirstValue()) === from) ??
    all.find(each => addressIn(parameter(each, 'sent-by')) === from)
  )
}

function deputyOf(event: ICAL.Component, attendee: ICAL.Property): string {
  const address = addressIn(parameter(attendee, 'delegated-to'))
  const named = event
    .getAllProperties('attendee')
    .find(each => addressIn(each.getFirstValue()) === address && address !== '')
  return tidy((named && parameter(named, 'cn')) || address).slice(0, 150)
}

const textOf = (event: ICAL.Component, name: string): string => {
  const value = event.getFirstPropertyValue(name)
  return typeof value === 'string' ? value : ''
}

const parameter = (property: ICAL.Property, name: string): string => {
  const value = property.getParameter(name)
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

/** "MAILTO:Vera@Example.org", "mailto:vera@example.org" and "vera@example.org" are one address. */
function addressIn(value: unknown): string {
  const bare = String(value ?? '')
    .trim()
    .replace(/^mailto:/i, '')
    .trim()
    .toLowerCase()
  return /^[^\s@<>]+@[^\s@<>]+$/.test(bare) && bare.length <= 254 ? bare : ''
}

const tidy = (words: string): string =>
  cleanText(words.replaceAll('\\n', '\n')).trim().slice(0, longestComment)

/** With the time zone that the file brings; without one, London's clocks are meant. */
function momentOf(event: ICAL.Component, name: string): Instant | undefined {
  try {
    const value = event.getFirstPropertyValue(name)
    if (!(value instanceof ICAL.Time) || value.isDate) return undefined
    const { year, month, day, hour, minute, second } = value
    return value.zone === ICAL.Timezone.localTimezone
      ? Temporal.ZonedDateTime.from({
          ...{ year, month, day, hour, minute, second },
          timeZone: 'Europe/London',
        }).toInstant()
      : Temporal.Instant.fromEpochMilliseconds(value.toUnixTime() * 1000)
  } catch {
    return undefined
  }
}
