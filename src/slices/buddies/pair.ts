import { accept, type Decision, happened, refuse } from '#kernel/decision.ts'
import type { PairState } from './tables.ts'

export type Side = 'one' | 'other'

/** Two volunteers, from the offer to the end. Pure: it touches nothing. */
export interface Pair {
  readonly state: PairState
  readonly accepted: Readonly<Record<Side, boolean>>
}

export const offered: Pair = { state: 'offered', accepted: { one: false, other: false } }

/** It begins when both have said yes, and not before. */
export function sayYes(it: Pair, side: Side, recorded: boolean): Decision<Pair> {
  if (it.state !== 'offered') return over(it)
  if (it.accepted[side]) return refuse('said', 'You have said yes already. We wait for the other one')
  const accepted = { ...it.accepted, [side]: true }
  const both = accepted.one && accepted.other
  return accept(
    { state: both ? 'together' : 'offered', accepted },
    happened('said-yes', recorded ? { recorded } : {}),
    ...(both ? [happened('together')] : []),
  )
}

/** Without a reason. Nobody is told who of the two said no. */
export function sayNo(it: Pair): Decision<Pair> {
  if (it.state !== 'offered') return over(it)
  return accept({ ...it, state: 'declined' }, happened('declined'))
}

/** Either of the two, at any time, without a reason. */
export function end(it: Pair): Decision<Pair> {
  if (it.state !== 'together') return over(it)
  return accept({ ...it, state: 'ended' }, happened('ended'))
}

function over(it: Pair) {
  switch (it.state) {
    case 'offered':
      return refuse('not-yet', 'The two of you have not both said yes yet')
    case 'together':
      return refuse('together', 'You are buddies already')
    case 'declined':
      return refuse('declined', 'This did not come about')
    case 'ended':
      return refuse('ended', 'This has ended')
  }
}
