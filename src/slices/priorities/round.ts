import type { Temporal } from 'temporal-polyfill'
import { accept, type Decision, happened, refuse } from '#kernel/decision.ts'
import type { Ranking } from './league.ts'

type PlainDate = Temporal.PlainDate

/** What the steps ask about a round. Which part of it is now follows from the days. */
export interface Round {
  readonly proposeUntil: PlainDate
  readonly rankUntil: PlainDate
  readonly isCounted: boolean
  readonly isAdopted: boolean
  readonly ideaIds: readonly number[]
}

export type Phase = 'proposing' | 'ranking' | 'to-count' | 'counted' | 'adopted'

export function phaseOf(it: Round, today: PlainDate): Phase {
  if (it.isAdopted) return 'adopted'
  if (it.isCounted) return 'counted'
  const day = today.toString()
  if (day <= it.proposeUntil.toString()) return 'proposing'
  return day <= it.rankUntil.toString() ? 'ranking' : 'to-count'
}

export function openRound(days: {
  proposeUntil: PlainDate
  rankUntil: PlainDate
  today: PlainDate
}): Decision<'open'> {
  if (days.proposeUntil.toString() < days.today.toString())
    return refuse('propose-past', 'People need time to propose: choose a day from today on')
  if (days.rankUntil.toString() <= days.proposeUntil.toString())
    return refuse('rank-first', 'The ranking ends after the proposing')
  return accept('open', happened('opened'))
}

export function propose(it: Round, by: { isVolunteer: boolean }, today: PlainDate): Decision<'proposed'> {
  if (!by.isVolunteer) return refuse('not-a-volunteer', 'Volunteers propose what we work on first')
  if (phaseOf(it, today) !== 'proposing')
    return refuse('too-late', 'The time to propose is over. Say it to the team for the next round')
  return accept('proposed', happened('proposed'))
}

export function talk(it: Round, today: PlainDate): Decision<'said'> {
  const phase = phaseOf(it, today)
  return phase === 'proposing' || phase === 'ranking'
    ? accept('said', happened('talked'))
    : refuse('over', 'This round is over. You can still read what was said')
}

/** As often as they like until it ends: the last ranking counts. Places are whole numbers; ideas that are not in the round have none. */
export function rank(
  it: Round,
  by: { isVolunteer: boolean },
  places: Ranking,
  today: PlainDate,
): Decision<Ranking> {
  if (!by.isVolunteer) return refuse('not-a-volunteer', 'Volunteers rank what we work on first')
  if (phaseOf(it, today) !== 'ranking') return refuse('not-now', 'The ranking is not open now')
  const entries = Object.entries(places).filter(
    ([id, place]) =>
      it.ideaIds.includes(Number(id)) && Number.isInteger(place) && place >= 1 && place <= it.ideaIds.length,
  )
  if (entries.length === 0) return refuse('nothing', 'Give at least one idea a place')
  // Who ranked is not in the history: it is forgotten when it is counted.
  return accept(Object.fromEntries(entries))
}

/** The board's vote that was carried makes it so, and nothing else. */
export function adopt(
  it: Round,
  motion: { isOfBoard: boolean; isCarried: boolean } | undefined,
  ideaIds: readonly number[],
  today: PlainDate,
): Decision<'adopted'> {
  if (it.isAdopted) return refuse('adopted', 'This was adopted already')
  if (phaseOf(it, today) !== 'counted') return refuse('not-counted', 'The ranking has to be over first')
  if (!motion?.isOfBoard) return refuse('no-motion', 'Write the number of a vote of the board, such as V-5')
  if (!motion.isCarried) return refuse('not-carried', 'That vote was not carried, so nothing was adopted')
  if (ideaIds.length === 0) return refuse('nothing', 'Choose what the board adopted')
  if (!ideaIds.every(each => it.ideaIds.includes(each)))
    return refuse('no-idea', 'Choose ideas from the list')
  return accept('adopted', happened('adopted', { ideas: ideaIds.length }))
}
