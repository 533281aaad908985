import type { Temporal } from 'temporal-polyfill'
import { type Refusal, refuse } from '#kernel/decision.ts'
import { hasCome, isAhead, type Meeting } from '#slices/meetings/index.ts'

type Held = Pick<Meeting, 'state' | 'startsAt' | 'minutesLong'>

const cancelled = refuse('cancelled', 'This meeting was cancelled, so it has no minutes')
const notHeld = refuse('not-held', 'This meeting has not been held yet')
const nobodyThere = refuse('nobody-there', 'Mark first who was there: minutes say who took part')

/** The words of an item, what came of it, and decisions: from the meeting itself until its minutes are agreed. */
export function minutingCannot(it: Held, present: number): Refusal | undefined {
  if (it.state === 'cancelled') return cancelled
  if (isAhead(it)) return notHeld
  if (hasCome(it, 'minutes-agreed')) {
    return refuse('agreed', 'The minutes are agreed, so they stay as they are. Write a correction instead')
  }
  return present === 0 ? nobodyThere : undefined
}

/** The draft goes to the members once the meeting is over. */
export function sendingCannot(
  it: Held,
  { endedAt, present }: { endedAt: Temporal.Instant | null; present: number },
  now: Temporal.Instant,
): Refusal | undefined {
  if (it.state === 'cancelled') return cancelled
  if (isAhead(it)) return notHeld
  if (it.state !== 'held') return refuse('sent', 'The draft was sent to the members already')
  const ends = it.startsAt.add({ minutes: it.minutesLong })
  if (endedAt === null && now.epochMilliseconds < ends.epochMilliseconds) {
    return refuse('going-on', 'The meeting is on now. End it first')
  }
  return present === 0 ? nobodyThere : undefined
}

export function correctingCannot(it: Held): Refusal | undefined {
  if (it.state === 'cancelled') return cancelled
  return hasCome(it, 'minutes-drafted')
    ? undefined
    : refuse('not-sent', 'You can correct the minutes once the draft is there')
}

export function agreeingCannot(it: Held, openCorrections: number): Refusal | undefined {
  if (it.state === 'cancelled') return cancelled
  if (hasCome(it, 'minutes-agreed')) return refuse('agreed', 'These minutes are agreed already')
  if (!hasCome(it, 'minutes-drafted')) return refuse('not-sent', 'Send the draft to the members first')
  if (openCorrections === 0) return undefined
  return refuse(
    'corrections',
    openCorrections === 1
      ? 'Answer the correction that waits for an answer first'
      : `Answer the ${openCorrections} corrections that wait for an answer first`,
  )
}
