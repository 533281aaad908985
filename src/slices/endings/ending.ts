import { Temporal } from 'temporal-polyfill'
import { type ClockSettings, promisedBy } from '#kernel/clocks.ts'
import { accept, type Decision, happened, refuse } from '#kernel/decision.ts'
import type { PlainDate } from '#platform/database/tables.ts'

export type State = 'reply' | 'replied' | 'ends' | 'stays' | 'taken-back'
export type LeadingPost = 'portfolio-manager' | 'director'

export interface Ending {
  readonly state: State
  readonly openedBy: number
  readonly replyBy: PlainDate
  readonly repliedOn: PlainDate | null
  readonly decidedOn: PlainDate | null
  readonly lastDay: PlainDate | null
}

export interface Leader {
  readonly personId: number
  readonly post: LeadingPost
}

interface When {
  readonly today: PlainDate
  readonly clocks: ClockSettings
}

const decided = refuse('decided', 'This is over already. Nothing more can be done here.')

/** A named post means to end somebody's place: nothing ends by it, a reply is asked for first. */
export function open(
  by: Leader,
  personId: number,
  openAlready: boolean,
  { today, clocks }: When,
): Decision<Ending> {
  if (by.personId === personId) {
    return refuse(
      'yourself',
      'You cannot end your own place here. Say that you leave on your account’s page.',
    )
  }
  if (openAlready) {
    return refuse('open-already', 'Their reply is asked for already. Decide that first, or take it back.')
  }
  const replyBy = promisedBy('right-of-reply', today, clocks)
  return accept(
    { state: 'reply', openedBy: by.personId, replyBy, repliedOn: null, decidedOn: null, lastDay: null },
    happened('opened', { post: by.post, replyBy: replyBy.toString() }),
  )
}

/** In time or late: as long as nothing is decided it is read. A second reply stands instead of the first. */
export function reply(it: Ending, { today }: Pick<When, 'today'>, noted: boolean): Decision<Ending> {
  if (it.state !== 'reply' && it.state !== 'replied') return decided
  return accept({ ...it, state: 'replied', repliedOn: today }, happened('replied', { noted }))
}

/**
 * @param others who else could decide today: everybody with one of the two posts but the opener and the person themself.
 * Whoever opened it decides only when there is nobody else.
 */
export function decide(
  it: Ending,
  by: Leader,
  given: { personId: number; others: readonly number[] },
  outcome: 'ends' | 'stays',
  lastDay: PlainDate | null,
  { today }: Pick<When, 'today'>,
): Decision<Ending> {
  if (it.state !== 'reply' && it.state !== 'replied') return decided
  if (by.personId === given.personId) return refuse('yourself', 'You cannot decide about your own place.')
  if (it.state === 'reply' && Temporal.PlainDate.compare(today, it.replyBy) <= 0) {
    return refuse('too-early', 'They still have time to reply. Decide after that, or when they have replied.')
  }
  if (by.personId === it.openedBy && given.others.length > 0) {
    return refuse('another-person', 'You asked for this, so somebody else decides it.')
  }
  if (outcome === 'ends' && (!lastDay || Temporal.PlainDate.compare(lastDay, today) < 0)) {
    return refuse('last-day', 'The last day must be today or later.')
  }
  return accept(
    { ...it, state: outcome, decidedOn: today, lastDay: outcome === 'ends' ? lastDay : null },
    happened('decided', {
      outcome,
      post: by.post,
      ...(lastDay && outcome === 'ends' ? { last: lastDay.toString() } : {}),
    }),
  )
}

/** Whoever opened it thinks again. */
export function takeBack(it: Ending, by: number): Decision<Ending> {
  if (it.state !== 'reply' && it.state !== 'replied') return decided
  if (by !== it.openedBy) return refuse('not-yours', 'Only the person who asked for this can take it back.')
  return accept({ ...it, state: 'taken-back' }, happened('taken-back'))
}

export const mayBeDecided = (it: Ending, today: PlainDate): boolean =>
  it.state === 'replied' || (it.state === 'reply' && Temporal.PlainDate.compare(today, it.replyBy) > 0)

export const stateWords: Record<State, string> = {
  reply: 'A reply is asked for',
  replied: 'They have replied',
  ends: 'The place ends',
  stays: 'The place stays',
  'taken-back': 'Taken back',
}

export const postWords: Record<LeadingPost, string> = {
  'portfolio-manager': 'Network Portfolio Manager',
  director: 'Network Director',
}
