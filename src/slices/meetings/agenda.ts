import type { Temporal } from 'temporal-polyfill'
import { accept, type Decision, happened, type Refusal, refuse } from '#kernel/decision.ts'
import type { Instant, Row } from '#platform/database/tables.ts'
import { hasCome, isAhead, type Meeting } from './meeting.ts'
import type { Asked, Handling, StandingItem } from './tables.ts'

/** An agenda item as its steps see it (BOARD-4). */
export interface Item {
  readonly state: Row<'agenda_item'>['state']
  readonly standing: StandingItem | null
  readonly openedAt: Instant | null
  readonly closedAt: Instant | null
  /** Why it was deferred or declined. */
  readonly because: string
}

export type ItemStep = Decision<Item>

/** An agenda may be longer than its meeting, but not longer than a day's work. */
export const longestAgenda = 720

export const askedWords: Record<Asked, string> = {
  decide: 'To decide',
  discuss: 'To discuss',
  note: 'To note',
}

export const handlingWords: Record<Handling, string> = {
  public: 'Part A: everybody may read it',
  board: 'Part B: for the group only',
  named: 'Confidential: for the people named',
}

export const itemStateWords: Record<Item['state'], string> = {
  raised: 'Waits for a place',
  'on-agenda': 'On the agenda',
  deferred: 'Moved to a later meeting',
  declined: 'Not taken',
  withdrawn: 'Taken back',
}

/** The clock time at which each item begins, if all before it take the minutes they are meant to. */
export function runningClock(
  startsAt: Instant,
  items: readonly { readonly id: number; readonly minutes: number }[],
): ReadonlyMap<number, Temporal.ZonedDateTime> {
  const begins = new Map<number, Temporal.ZonedDateTime>()
  let at = startsAt.toZonedDateTimeISO('Europe/London')
  for (const each of items) {
    begins.set(each.id, at)
    at = at.add({ minutes: each.minutes })
  }
  return begins
}

export const lengthOf = (items: readonly { readonly minutes: number }[]): number =>
  items.reduce((sum, each) => sum + each.minutes, 0)

/** "1 hour 20 minutes" */
export function minutesInWords(minutes: number): string {
  const part = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return [hours > 0 ? part(hours, 'hour') : '', rest > 0 || hours === 0 ? part(rest, 'minute') : '']
    .filter(Boolean)
    .join(' ')
}

/** One up or one down; at the end of the list nothing changes. */
export function moved(order: readonly number[], id: number, way: 'up' | 'down'): readonly number[] {
  const from = order.indexOf(id)
  const to = way === 'up' ? from - 1 : from + 1
  if (from < 0 || to < 0 || to >= order.length) return order
  const next = [...order]
  next[from] = order[to]!
  next[to] = id
  return next
}

const decided = (it: Item): Refusal =>
  refuse('decided', `This item has its answer already: ${itemStateWords[it.state].toLowerCase()}`)

/** Raising is for before the agenda is set; afterwards there is Any other business, and the next meeting. */
export function mayStillRaise(meeting: Pick<Meeting, 'state'>): Refusal | undefined {
  if (meeting.state === 'cancelled') return refuse('cancelled', 'This meeting was cancelled')
  if (!hasCome(meeting, 'agenda-set')) return undefined
  return refuse(
    'agenda-set',
    'The agenda of this meeting is set. Ask for your item at the next meeting, or bring it up under “Any other business”',
  )
}

/** @param others the minutes of all other items on the agenda */
export function placeItem(
  it: Item,
  meeting: Pick<Meeting, 'state'>,
  minutes: number,
  others: number,
  details: Readonly<Record<string, unknown>>,
): ItemStep {
  if (it.state !== 'raised' && it.state !== 'on-agenda') return decided(it)
  if (meeting.state === 'cancelled') return refuse('cancelled', 'This meeting was cancelled')
  if (it.closedAt) return refuse('closed', 'This item is closed, so its place cannot change now')
  if (!isAhead(meeting) && it.state === 'on-agenda')
    return refuse('held', 'The meeting has begun, so the agenda stays as it is')
  if (others + minutes > longestAgenda) {
    return refuse(
      'too-long',
      `With this the agenda would take ${minutesInWords(others + minutes)}. It can be 12 hours at most`,
    )
  }
  return accept(
    { ...it, state: 'on-agenda' },
    happened(it.state === 'raised' ? 'item-placed' : 'item-changed', details),
  )
}

/** To a later meeting, with the reason; nothing is dropped in silence. */
export function deferItem(it: Item, to: { reference: string; because: string }, now: Instant): ItemStep {
  if (it.standing) return refuse('standing', 'This item comes with every meeting and cannot be moved')
  if (it.state !== 'raised' && it.state !== 'on-agenda') return decided(it)
  if (it.closedAt) return refuse('closed', 'This item was dealt with already')
  return accept(
    // In the middle of it: then the meeting is through with it as well.
    { ...it, state: 'deferred', because: to.because, closedAt: it.openedAt && now },
    happened('item-deferred', { to: to.reference, because: to.because }),
  )
}

export function declineItem(it: Item, because: string): ItemStep {
  if (it.standing) return refuse('standing', 'This item comes with every meeting and cannot be declined')
  if (it.state !== 'raised' && it.state !== 'on-agenda') return decided(it)
  if (it.openedAt) return refuse('opened', 'The meeting has come to this item, so it cannot be declined now')
  return accept({ ...it, state: 'declined', because }, happened('item-declined', { because }))
}

export function withdrawItem(it: Item): ItemStep {
  if (it.state !== 'raised' && it.state !== 'on-agenda') return decided(it)
  if (it.openedAt)
    return refuse('opened', 'The meeting has come to this item, so it cannot be taken back now')
  return accept({ ...it, state: 'withdrawn' }, happened('item-withdrawn'))
}

/** In the meeting: the group turns to this item. One that was closed can be opened again. */
export function openItem(it: Item, meeting: Pick<Meeting, 'state'>, now: Instant): ItemStep {
  if (it.state !== 'on-agenda') return refuse('not-on-agenda', 'This item is not on the agenda')
  if (meeting.state !== 'held') {
    return isAhead(meeting)
      ? refuse('not-begun', 'Open the meeting first')
      : refuse('over', 'This meeting is over')
  }
  if (it.openedAt && !it.closedAt) return refuse('open', 'This item is open already')
  return accept(
    { ...it, openedAt: it.openedAt ?? now, closedAt: null },
    happened(it.openedAt ? 'item-opened-again' : 'item-opened'),
  )
}

export function closeItem(it: Item, now: Instant): ItemStep {
  if (it.state !== 'on-agenda' || !it.openedAt || it.closedAt)
    return refuse('not-open', 'This item is not open now')
  return accept({ ...it, closedAt: now }, happened('item-closed'))
}
