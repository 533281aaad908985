import type { ConflictOutcome } from '#slices/meetings/index.ts'
import type { Choice, Terms } from './motion.ts'

/** With fewer ballots a secret vote would tell who chose what: they are not counted (docs/decisions/0009). */
export const fewestInSecret = 3

/** Who was there when the vote closed, and how many must be (R29). */
export interface There {
  readonly roll: number
  /** Those who voted; in a meeting the others may be there and not vote. */
  readonly voting: number
  readonly lay: number
  readonly needsVoting: number
  readonly needsLay: number
  /** Whether that is a quorum. */
  readonly held: boolean
}

interface Count {
  readonly key: string
  readonly votes: number
}

interface Round {
  readonly counts: readonly Count[]
  /** Left out after this round. */
  readonly out: readonly string[]
}

/** What came of a vote; kept as it is for ever (BOARD-15). */
export interface Result {
  readonly outcome: 'carried' | 'not-carried' | 'waits-for-chair'
  /** 'for', or the option that was chosen. */
  readonly chosen: string | null
  readonly counts: readonly Count[]
  readonly rounds: readonly Round[]
  /** Level with each other at the end. */
  readonly tied: readonly string[]
  /** A secret vote with too few ballots to keep its secret is not counted. */
  readonly tooFew: boolean
  readonly roll: number
  readonly voted: number
  /** What the majority was counted of. */
  readonly base: number
  readonly quorum: There
  /** Without quorum: it shows what people think and decides nothing. */
  readonly indicative: boolean
  readonly conflicts: readonly { personId: number; outcome: ConflictOutcome }[]
  readonly casting: { choice: string; byPersonId: number } | null
}

interface ToCount {
  readonly ballots: readonly Choice[]
  readonly there: There
  readonly conflicts: Result['conflicts']
}

/** Counts: the same ballots in another order give the same result. */
export function tallied(terms: Terms, { ballots, there, conflicts }: ToCount): Result {
  const common = {
    roll: there.roll,
    voted: ballots.length,
    quorum: there,
    indicative: !there.held,
    conflicts,
    casting: null,
  }
  if (terms.isSecret && ballots.length < fewestInSecret) {
    return {
      ...common,
      outcome: 'not-carried',
      chosen: null,
      counts: [],
      rounds: [],
      tied: [],
      tooFew: true,
      base: 0,
    }
  }
  const counts = countFirst(terms, ballots)
  const votesOf = (key: string) => counts.find(each => each.key === key)?.votes ?? 0
  const choosing = ballots.length - votesOf('abstain')
  const base =
    terms.countedOf === 'all' ? there.roll : terms.countedOf === 'present' ? there.voting : choosing
  // Without quorum nothing is decided, so there is nothing for the chair to decide either.
  const counted = there.held ? terms : { ...terms, castingVote: false }
  return { ...common, base, ...decide(counted, ballots, counts, base), counts, tooFew: false }
}

type Decided = Pick<Result, 'outcome' | 'chosen' | 'rounds' | 'tied'> & { readonly base?: number }

function decide(terms: Terms, ballots: readonly Choice[], counts: readonly Count[], base: number): Decided {
  if (terms.kind === 'ranked') return decideRanked(terms, ballots, base)
  const [most] = [...counts.filter(each => each.key !== 'abstain')].sort((a, b) => b.votes - a.votes)
  const level = counts.filter(each => each.key !== 'abstain' && each.votes === most?.votes && each.votes > 0)
  const tied = level.length > 1 ? level.map(each => each.key) : []
  const waits = terms.castingVote && tied.length === 2 && most!.votes * 2 === base
  if (waits) return { outcome: 'waits-for-chair', chosen: null, rounds: [], tied }
  const won = tied.length === 0 && most && most.key !== 'against' && holds(terms, most.votes, base)
  return won
    ? { outcome: 'carried', chosen: most.key, rounds: [], tied }
    : { outcome: 'not-carried', chosen: null, rounds: [], tied }
}

/** More than half, or two thirds and more. */
function holds(terms: Terms, votes: number, base: number): boolean {
  if (votes === 0) return false
  return terms.majority === 'simple' ? votes * 2 > base : votes * 3 >= base * 2
}

function countFirst(terms: Terms, ballots: readonly Choice[]): Count[] {
  const keys = terms.kind === 'for-against' ? ['for', 'against'] : terms.options.map(each => each.key)
  return [...keys, 'abstain'].map(key => ({ key, votes: ballots.filter(each => each[0] === key).length }))
}

/**
 * Instant run-off: the least wanted choice leaves, its ballots go to their next, until one has more than half of
 * the ballots that still count. Choices level at the bottom leave together when together they have fewer than the next
 * one up; else the one that had fewer in an earlier round leaves; else the count stops and the tie is said.
 */
function decideRanked(terms: Terms, ballots: readonly Choice[], base: number): Decided {
  let left = terms.options.map(each => each.key)
  const rounds: Round[] = []
  for (;;) {
    const counts = left.map(key => ({
      key,
      votes: ballots.filter(ballot => ballot.find(each => left.includes(each)) === key).length,
    }))
    const sorted = [...counts].sort((a, b) => b.votes - a.votes)
    const counting = counts.reduce((sum, each) => sum + each.votes, 0)
    const top = sorted[0]!
    // Everybody abstained: nothing to run off.
    if (counting === 0) return { outcome: 'not-carried', chosen: null, rounds, tied: [] }
    if (top.votes * 2 > counting || left.length === 1) {
      rounds.push({ counts, out: [] })
      // Of the votes: of those that still count in the last round.
      const of = terms.countedOf === 'votes' ? counting : base
      return holds(terms, top.votes, of)
        ? { outcome: 'carried', chosen: top.key, rounds, tied: [], base: of }
        : { outcome: 'not-carried', chosen: null, rounds, tied: [], base: of }
    }
    const out = leaving(sorted, rounds)
    if (out === undefined) {
      rounds.push({ counts, out: [] })
      const least = sorted.at(-1)!.votes
      return {
        outcome: 'not-carried',
        chosen: null,
        rounds,
        tied: counts.filter(each => each.votes === least).map(each => each.key),
      }
    }
    rounds.push({ counts, out })
    left = left.filter(each => !out.includes(each))
  }
}

/** @param sorted most votes first. @returns undefined for a tie that nothing breaks */
function leaving(sorted: readonly Count[], before: readonly Round[]): string[] | undefined {
  const least = sorted.at(-1)!.votes
  let bottom = sorted.filter(each => each.votes === least).map(each => each.key)
  const next = sorted.filter(each => each.votes > least).at(-1)
  if (bottom.length === 1) return bottom
  // Nobody's first wish any more, or too few even together: none of them can win.
  if (next && bottom.length * least < next.votes) return bottom
  for (const round of [...before].reverse()) {
    const votes = (key: string) => round.counts.find(each => each.key === key)?.votes ?? 0
    const fewest = Math.min(...bottom.map(votes))
    bottom = bottom.filter(key => votes(key) === fewest)
    if (bottom.length === 1) return bottom
  }
  return undefined
}
