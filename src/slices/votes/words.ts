import type { Choice, Terms } from './motion.ts'
import type { Result } from './tally.ts'

export const mannerWords = (terms: Pick<Terms, 'manner' | 'isSecret'>): string =>
  terms.manner === 'written'
    ? terms.isSecret
      ? 'Secret written vote between meetings'
      : 'Open written vote between meetings'
    : terms.isSecret
      ? 'Secret vote in the meeting'
      : 'Open vote in the meeting'

/** "More than half of the votes for and against". */
export function majorityWords({ kind, majority, countedOf }: Terms): string {
  const of =
    countedOf === 'all'
      ? 'all who can vote'
      : countedOf === 'present'
        ? 'those present who can vote'
        : kind === 'for-against'
          ? 'the votes for and against'
          : 'the votes for any choice'
  return majority === 'simple' ? `More than half of ${of}` : `Two thirds of ${of}`
}

export function labelOf(terms: Pick<Terms, 'options'>, key: string): string {
  if (key === 'for') return 'For'
  if (key === 'against') return 'Against'
  if (key === 'abstain') return 'Abstain'
  return terms.options.find(each => each.key === key)?.text ?? key
}

/** For, against and abstaining are words of the page; any other choice is somebody's. */
export const isOurs = (choice: Choice): boolean =>
  choice.length === 1 && ['for', 'against', 'abstain'].includes(choice[0]!)

/** "For"; of a ranked ballot "1. Red, 2. Blue". */
export const choiceInWords = (terms: Terms, choice: Choice): string =>
  choice.length === 1 && (terms.kind !== 'ranked' || choice[0] === 'abstain')
    ? labelOf(terms, choice[0]!)
    : choice.map((key, n) => `${n + 1}. ${labelOf(terms, key)}`).join(', ')

/** What came of it, in a sentence or two; the minutes say it in the same words. */
export function outcomeInWords(terms: Terms, result: Result): string {
  if (!result.indicative || result.tooFew) return whatCameOfIt(terms, result)
  return `There was no quorum, so this only shows what people think: it decides nothing. With a quorum ${whatWouldHaveCome(terms, result)}.`
}

function whatWouldHaveCome(terms: Terms, { outcome, chosen, tied }: Result): string {
  if (outcome === 'carried') {
    return terms.kind === 'for-against'
      ? 'the motion would have been carried'
      : `“${labelOf(terms, chosen!)}” would have been chosen`
  }
  if (tied.length > 0) return 'it would have been a tie'
  return terms.kind === 'for-against'
    ? 'the motion would not have been carried'
    : 'no choice would have been made'
}

function whatCameOfIt(terms: Terms, result: Result): string {
  const names = result.tied.map(each => labelOf(terms, each).toLowerCase())
  const level = terms.kind === 'for-against' ? 'for and against are level' : `${inWords(names)} are level`
  if (result.tooFew) {
    return 'Too few people voted to keep a secret vote secret, so the ballots are not counted and nothing is decided.'
  }
  const byChair = result.casting ? ' It was a tie, and the chair decided.' : ''
  switch (result.outcome) {
    case 'waits-for-chair':
      return `It is a tie: ${level}. The chair now decides.`
    case 'carried':
      return terms.kind === 'for-against'
        ? `The motion is carried.${byChair}`
        : `“${labelOf(terms, result.chosen!)}” is chosen.${byChair}`
    case 'not-carried':
      if (byChair) return `The motion is not carried.${byChair}`
      if (terms.kind === 'for-against') {
        return result.tied.length > 0
          ? 'It is a tie: for and against are level. The motion is not carried.'
          : 'The motion is not carried.'
      }
      return result.tied.length > 0
        ? `It is a tie: ${level}. No choice is made.`
        : 'No choice has the majority it needs. No choice is made.'
  }
}

/** "12 of 14 voted: 8 for, 3 against, 1 abstained." */
export function figuresInWords(terms: Terms, result: Result): string {
  const turnout = `${result.voted} of ${result.roll} voted`
  if (result.tooFew || result.counts.length === 0) return `${turnout}.`
  const counts = result.counts.map(({ key, votes }) =>
    key === 'abstain'
      ? `${votes} abstained`
      : terms.kind === 'for-against'
        ? `${votes} ${key}`
        : `${votes} for “${labelOf(terms, key)}”`,
  )
  return `${turnout}: ${counts.join(', ')}.`
}

export function quorumInWords({ quorum }: Pick<Result, 'quorum'>): string {
  const there = `${quorum.voting} ${quorum.voting === 1 ? 'member who can vote was' : 'members who can vote were'} there, ${quorum.lay} of them lay.`
  return `${quorum.held ? 'There was a quorum' : 'There was no quorum'}: ${there} It takes ${quorum.needsVoting}, ${quorum.needsLay} of them lay.`
}

const inWords = (names: readonly string[]) =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** What the figures of a secret vote give away by themselves, said plainly. */
export function whatItTells(terms: Terms, result: Result): string | undefined {
  if (!terms.isSecret || result.counts.length === 0) return undefined
  if (result.counts.some(each => each.votes === result.voted)) {
    return 'Everybody who voted chose the same. So how each of them voted is plain from the figures.'
  }
  return result.voted < 6
    ? 'Only a few people voted. Those who know how some of them voted may work out the others from the figures.'
    : undefined
}
