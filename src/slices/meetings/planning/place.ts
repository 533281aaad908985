import type { Row } from '#platform/database/tables.ts'

export type MeetingKind = Row<'meeting'>['kind']

export const kindWords: Record<MeetingKind, string> = {
  online: 'Online',
  'in-person': 'In person',
  hybrid: 'In person and online',
}

/** What whoever comes wants to know of a place (BOARD-2). */
export const accessFacts = [
  { key: 'step-free', label: 'Step-free access', hint: 'For example: lift from the car park to every floor' },
  { key: 'hearing-loop', label: 'Hearing loop', hint: 'For example: yes, in the meeting room' },
  { key: 'parking', label: 'Parking', hint: 'For example: 2 spaces for Blue Badge holders at the door' },
  { key: 'quiet-room', label: 'Quiet room', hint: 'For example: ask at the reception' },
] as const

export type AccessFacts = Readonly<Partial<Record<(typeof accessFacts)[number]['key'], string>>>

/** What is known of the place, in the order in which it is shown; what nobody has written down is left out. */
export function knownAccess(stored: unknown): readonly { readonly label: string; readonly words: string }[] {
  const facts = (stored ?? {}) as Readonly<Record<string, unknown>>
  return accessFacts.flatMap(({ key, label }) => {
    const words = facts[key]
    return typeof words === 'string' && words !== '' ? [{ label, words }] : []
  })
}

export interface Place {
  readonly kind: MeetingKind
  readonly place: string
  readonly venue: string
}

/**
 * In one line: "Microsoft Teams", "Room 1, Birmingham", "Room 1, Birmingham, and online".
 * @param as marks what somebody gave
 */
export function placeInWords({ kind, place, venue }: Place, as = (words: string) => words): string {
  const room = as(venue.replace(/\s*\n+\s*/g, ', ') || place) || 'The place is still to come'
  if (kind === 'online') return as(place) || 'Online'
  return kind === 'in-person' ? room : `${room}, and online`
}

/** What `meeting.place` holds, for lists. */
export const placeOf = (kind: MeetingKind, venue: string): string =>
  kind === 'online' ? 'Microsoft Teams' : venue.replace(/\s*\n+\s*/g, ', ')
