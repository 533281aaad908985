import { Temporal } from 'temporal-polyfill'
import { addWorkingDays } from '#kernel/calendar/working-days.ts'
import { type ClockSettings, clockOn } from '#kernel/clocks.ts'
import { accept, type Decision, happened, type Refusal, refuse } from '#kernel/decision.ts'
import type { Instant, MeetingState, PlainDate } from '#platform/database/tables.ts'

/** Where a meeting is; the steps lead only onwards (product.md, "The Operational Board"). */
export interface Meeting {
  readonly state: MeetingState
  readonly startsAt: Instant
  readonly minutesLong: number
  readonly papersDueOn: PlainDate
  /** Why it was cancelled. */
  readonly because: string
}

export type Step = Decision<Meeting>

/** The order of its life; cancelled stands beside it. */
export const lifeOfAMeeting = [
  'planned',
  'agenda-open',
  'agenda-set',
  'papers-out',
  'held',
  'minutes-drafted',
  'minutes-agreed',
  'published',
] as const satisfies readonly MeetingState[]

export const meetingWords: Record<MeetingState, string> = {
  planned: 'Planned',
  'agenda-open': 'You can ask for items',
  'agenda-set': 'The agenda is set',
  'papers-out': 'The papers are out',
  held: 'Held',
  'minutes-drafted': 'Minutes are drafted',
  'minutes-agreed': 'Minutes are agreed',
  published: 'Minutes are published',
  cancelled: 'Cancelled',
}

const place = (state: MeetingState) => (lifeOfAMeeting as readonly MeetingState[]).indexOf(state)
/** @returns true when it has come to `state`, or further */
export const hasCome = (it: Pick<Meeting, 'state'>, state: (typeof lifeOfAMeeting)[number]): boolean =>
  it.state !== 'cancelled' && place(it.state) >= place(state)
export const isAhead = (it: Pick<Meeting, 'state'>): boolean =>
  it.state !== 'cancelled' && place(it.state) < place('held')

/**
 * The last day on which papers are on time: so many working days before the meeting's day, which is not counted (R26).
 * @param days working days of the group; null is the network's own clock on `today`
 */
export function papersDue(
  startsAt: Instant,
  days: number | null,
  today: PlainDate,
  clocks: ClockSettings,
): PlainDate {
  const day = startsAt.toZonedDateTimeISO('Europe/London').toPlainDate()
  return addWorkingDays(day, -(days ?? clockOn('papers', today, clocks)))
}

const over = (it: Meeting): Refusal =>
  it.state === 'cancelled'
    ? refuse('cancelled', 'This meeting was cancelled')
    : refuse('held', 'This meeting was held already')

function onwards(
  it: Meeting,
  to: (typeof lifeOfAMeeting)[number],
  from: readonly MeetingState[],
  no: string,
): Step {
  if (it.state === to) return refuse('done', 'This is done already')
  if (!from.includes(it.state)) return it.state === 'cancelled' ? over(it) : refuse('wrong-state', no)
  return accept({ ...it, state: to }, happened(to))
}

export const openAgenda = (it: Meeting): Step =>
  onwards(it, 'agenda-open', ['planned'], 'The agenda of this meeting was opened already')

export const setAgenda = (it: Meeting): Step =>
  onwards(it, 'agenda-set', ['planned', 'agenda-open'], 'The agenda of this meeting was set already')

export const sendPapersOut = (it: Meeting): Step =>
  onwards(
    it,
    'papers-out',
    ['agenda-set'],
    'Set the agenda first, so that people see what the papers are for',
  )

/** It begins: whoever opens it does so on its day or later. */
export function hold(it: Meeting, today: PlainDate): Step {
  const day = it.startsAt.toZonedDateTimeISO('Europe/London').toPlainDate()
  if (isAhead(it) && Temporal.PlainDate.compare(today, day) < 0) {
    return refuse('too-early', 'This meeting can be opened on its day')
  }
  return onwards(it, 'held', ['agenda-set', 'papers-out'], 'Set the agenda before you open the meeting')
}

export const draftMinutes = (it: Meeting): Step =>
  onwards(it, 'minutes-drafted', ['held'], 'Minutes are drafted after the meeting')
export const agreeMinutes = (it: Meeting): Step =>
  onwards(it, 'minutes-agreed', ['minutes-drafted'], 'Minutes are agreed once they are drafted')
export const publishMinutes = (it: Meeting): Step =>
  onwards(it, 'published', ['minutes-agreed'], 'Minutes are published once they are agreed')

/** @param to the new time, with the day on which its papers are due */
export function move(
  it: Meeting,
  to: { startsAt: Instant; minutesLong: number; papersDueOn: PlainDate; because: string },
  now: Instant,
): Step {
  if (!isAhead(it)) return over(it)
  if (Temporal.Instant.compare(to.startsAt, now) <= 0) {
    return refuse('in-the-past', 'The new time must be in the future')
  }
  if (Temporal.Instant.compare(to.startsAt, it.startsAt) === 0 && to.minutesLong === it.minutesLong) {
    return refuse('same-time', 'It is planned for this time already')
  }
  return accept(
    { ...it, startsAt: to.startsAt, minutesLong: to.minutesLong, papersDueOn: to.papersDueOn },
    happened('moved', { from: it.startsAt.toString(), to: to.startsAt.toString(), because: to.because }),
  )
}

export function cancel(it: Meeting, because: string): Step {
  if (!isAhead(it)) return over(it)
  return accept({ ...it, state: 'cancelled', because }, happened('cancelled', { because }))
}
