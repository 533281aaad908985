import { Temporal } from 'temporal-polyfill'
import { addWorkingDays, dayOf } from '#kernel/calendar/working-days.ts'
import { type ClockSettings, clockOn, promisedBy } from '#kernel/clocks.ts'
import type { Instant, PlainDate } from '#platform/database/tables.ts'
import { hasCome, isAhead, type Meeting } from '../meeting.ts'

/** What everybody of a group hears about one meeting, in this order (BOARD-21). */
export const letterKinds = ['invitation', 'call-for-items', 'papers', 'reminder', 'what-came'] as const
export type LetterKind = (typeof letterKinds)[number]

export interface Letter {
  readonly kind: LetterKind
  /** The day on which it goes out, or by which at the latest. */
  readonly on: PlainDate
}

export const letterWords: Record<LetterKind, string> = {
  invitation: 'Invitation, with an entry for the calendar',
  'call-for-items': 'Call for items',
  papers: 'The papers are out',
  reminder: 'Reminder',
  'what-came': 'What came of it',
}

/**
 * Who hears what, and when. A meeting that is planned late has fewer letters: none is sent about what is over. A
 * meeting that moves has new days; one that is cancelled has no letters.
 */
export function correspondencePlan(
  it: Pick<Meeting, 'state' | 'startsAt' | 'papersDueOn'>,
  plannedOn: PlainDate,
  clocks: ClockSettings,
): readonly Letter[] {
  if (it.state === 'cancelled') return []
  const day = dayOf(it.startsAt)
  const call = addWorkingDays(it.papersDueOn, -clockOn('agenda-items', plannedOn, clocks))
  const reminder = addWorkingDays(day, -1)
  const letters: Letter[] = [
    { kind: 'invitation', on: plannedOn },
    ...(isBefore(plannedOn, it.papersDueOn)
      ? [{ kind: 'call-for-items' as const, on: isBefore(call, plannedOn) ? plannedOn : call }]
      : []),
    { kind: 'papers', on: isBefore(it.papersDueOn, plannedOn) ? plannedOn : it.papersDueOn },
    // Who was invited on that day or later needs no reminder.
    ...(isBefore(plannedOn, reminder) ? [{ kind: 'reminder' as const, on: reminder }] : []),
    { kind: 'what-came', on: promisedBy('minutes', day, clocks) },
  ]
  return letters
}

const isBefore = (one: PlainDate, other: PlainDate) => Temporal.PlainDate.compare(one, other) < 0

/**
 * @param told what was sent already, as `mark` names it
 * @returns the letters that go out now; the invitation goes to each person by itself, also to who comes later
 */
export function lettersDue(
  it: Pick<Meeting, 'state' | 'startsAt' | 'papersDueOn'>,
  plannedOn: PlainDate,
  told: ReadonlySet<string>,
  now: { readonly now: Instant; readonly today: PlainDate; readonly clocks: ClockSettings },
): readonly Letter[] {
  return correspondencePlan(it, plannedOn, now.clocks).filter(
    letter => !told.has(mark(letter.kind, it.startsAt)) && isDue(letter, it, now),
  )
}

function isDue(
  letter: Letter,
  it: Pick<Meeting, 'state' | 'startsAt' | 'papersDueOn'>,
  { now, today }: { readonly now: Instant; readonly today: PlainDate },
): boolean {
  switch (letter.kind) {
    case 'invitation':
      return false
    case 'call-for-items': {
      // Whoever opens the agenda by hand calls for items by that.
      const begins = it.state === 'agenda-open' || (it.state === 'planned' && !isBefore(today, letter.on))
      return begins && !isBefore(it.papersDueOn, today)
    }
    case 'papers':
      return it.state === 'papers-out' && Temporal.Instant.compare(now, it.startsAt) < 0
    case 'reminder':
      return isAhead(it) && !isBefore(today, letter.on) && isBefore(today, dayOf(it.startsAt))
    case 'what-came':
      return hasCome(it, 'minutes-drafted')
  }
}

/** A reminder names the time, so a meeting that moves is reminded of again; all others are sent once. */
export const mark = (kind: LetterKind, startsAt: Instant): string =>
  kind === 'reminder' ? `${kind} ${startsAt.epochMilliseconds}` : kind
