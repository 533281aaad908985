import type { Temporal } from 'temporal-polyfill'

type PlainDate = Temporal.PlainDate

export interface Election {
  readonly standUntil: PlainDate
  readonly voteUntil: PlainDate
  readonly counted: boolean
}

export type Phase = 'standing' | 'voting' | 'to-count' | 'counted'

/** First people stand, then people vote, then it is counted. */
export function phaseOf(it: Election, today: PlainDate): Phase {
  if (it.counted) return 'counted'
  if (today.toString() <= it.standUntil.toString()) return 'standing'
  return today.toString() <= it.voteUntil.toString() ? 'voting' : 'to-count'
}

export interface Counted {
  /** Each candidate with the ticks they got, most first. */
  readonly numbers: readonly { readonly personId: number; readonly ticks: number }[]
  readonly elected: number | undefined
}

/**
 * Everybody ticks all whom they would be happy with; most ticks wins. With as many ticks, whoever stood first.
 * Nobody is elected without a tick.
 * @param candidates in the order in which they stood
 * @param votes each voter’s ticks; the same candidate twice, or somebody who does not stand, counts for nothing
 */
export function count(candidates: readonly number[], votes: readonly (readonly number[])[]): Counted {
  const numbers = candidates
    .map(personId => ({ personId, ticks: votes.filter(vote => vote.includes(personId)).length }))
    .sort((a, b) => b.ticks - a.ticks || candidates.indexOf(a.personId) - candidates.indexOf(b.personId))
  const [first] = numbers
  return { numbers, elected: first && first.ticks > 0 ? first.personId : undefined }
}
