import { Temporal } from 'temporal-polyfill'
import { accept, type Decision, happened, type Refusal, refuse } from '#kernel/decision.ts'
import type { ConflictOutcome } from '#slices/meetings/index.ts'
import { fewestInSecret, type Result, type There, tallied } from './tally.ts'

type Instant = Temporal.Instant

/** What is put to the vote, and how it is counted. It cannot change once the vote was opened (BOARD-13). */
export interface Terms {
  readonly text: string
  readonly kind: 'for-against' | 'one-of' | 'ranked'
  /** Of a choice of several; keys 'a', 'b', … */
  readonly options: readonly Option[]
  readonly manner: 'open' | 'secret' | 'written'
  readonly isSecret: boolean
  readonly majority: 'simple' | 'two-thirds'
  /** Of what the majority is counted: the votes for and against, those present, or all on the roll. */
  readonly countedOf: 'votes' | 'present' | 'all'
  /** On a tie the chair decides. */
  readonly castingVote: boolean
}

export interface Option {
  readonly key: string
  readonly text: string
}

/** Where a motion is; steps lead only onwards, and a closed one stands for ever. */
export type Motion = { readonly terms: Terms } & (
  | { readonly state: 'draft' }
  | { readonly state: 'open'; readonly openedAt: Instant; readonly closesAt: Instant | null }
  | {
      readonly state: 'closed'
      readonly openedAt: Instant
      readonly closesAt: Instant | null
      readonly closedAt: Instant
      readonly result: Result
    }
  | { readonly state: 'withdrawn'; readonly because: string }
)

export type Step = Decision<Motion>

/** Who acts, as far as a step asks. */
export interface By {
  readonly personId: number
  /** The chair, the deputy, or whoever presides instead of both. */
  readonly leads: boolean
  readonly isTeam: boolean
  readonly proposed: boolean
  /** Has a conflict of interest on the item that is more than noted, or is not decided yet. */
  readonly inConflict: boolean
}

/** A ballot: 'for', 'against', 'abstain', an option's key, or several keys, the most wanted first. */
export type Choice = readonly string[]

export const mostOptions = 10

const notLeading = refuse('not-leading', 'The chair or the deputy of this group does that')
const inConflict = refuse(
  'in-conflict',
  'You have a conflict of interest on this item, so somebody else has to do that',
)
const over = (it: Motion): Refusal =>
  it.state === 'withdrawn'
    ? refuse('withdrawn', 'This motion was withdrawn')
    : refuse('closed', 'This vote is closed. What came of it stands')

/** What is wrong with the terms themselves. */
export function termsCannot(terms: Terms): Refusal | undefined {
  const several = terms.kind !== 'for-against'
  if (several && terms.options.length < 2) {
    return refuse('too-few-options', 'Give at least 2 choices, each on its own line')
  }
  if (several && terms.options.length > mostOptions) {
    return refuse('too-many-options', `Give at most ${mostOptions} choices`)
  }
  const texts = terms.options.map(each => each.text.toLowerCase())
  if (several && new Set(texts).size < texts.length) return refuse('same-options', 'Each choice must differ')
  if (terms.manner === 'written' && terms.countedOf === 'present') {
    return refuse(
      'nobody-present',
      'In a written vote nobody is present. Count of the votes, or of all members',
    )
  }
  if (terms.castingVote && (terms.countedOf !== 'votes' || terms.majority !== 'simple')) {
    return refuse('no-tie', 'A casting vote goes with a simple majority of the votes')
  }
  return undefined
}

export function change(it: Motion, by: By, terms: Terms): Step {
  if (!by.leads && !by.isTeam && !by.proposed) return notLeading
  if (it.state !== 'draft') {
    return it.state === 'open'
      ? refuse('opened', 'The vote is open, so its words cannot change any more')
      : over(it)
  }
  return termsCannot(terms) ?? accept({ state: 'draft', terms }, happened('changed', { text: terms.text }))
}

export interface Opening {
  readonly closesAt: Instant | null
  /** How many are on the roll: voting members of this day, less those in conflict. */
  readonly roll: number
  /** Conflicts of interest on the item that nobody decided yet (R24). */
  readonly undecided: number
  readonly itemStands: boolean
  readonly meetingIsOn: boolean
  readonly meetingIsCancelled: boolean
}

export function open(it: Motion, by: By, how: Opening, now: Instant): Step {
  if (!by.leads) return notLeading
  if (by.inConflict) return inConflict
  if (it.state !== 'draft')
    return it.state === 'open' ? refuse('opened', 'This vote is open already') : over(it)
  const wrong = termsCannot(it.terms)
  if (wrong) return wrong
  if (!how.itemStands) return refuse('not-on-agenda', 'Give this item a place on the agenda first')
  if (how.undecided > 0) {
    return refuse(
      'undecided-conflict',
      'There is a conflict of interest on this item that nobody has decided. Decide it first',
    )
  }
  if (how.meetingIsCancelled) return refuse('cancelled', 'This meeting was cancelled')
  if (it.terms.manner === 'written') {
    if (!how.closesAt) return refuse('no-closing', 'Say until when people can vote')
  } else if (!how.meetingIsOn) {
    return refuse('not-held', 'Open the meeting first. Between meetings, hold a written vote')
  }
  if (how.closesAt && Temporal.Instant.compare(how.closesAt, now) <= 0) {
    return refuse('in-the-past', 'The vote must close later than now')
  }
  if (how.roll === 0) return refuse('no-roll', 'Nobody can vote on this: the roll is empty')
  if (it.terms.isSecret && how.roll < fewestInSecret) {
    return refuse(
      'too-few-for-secret',
      `Fewer than ${fewestInSecret} people can vote, so a secret vote would keep no secret. Hold an open vote`,
    )
  }
  return accept(
    { state: 'open', terms: it.terms, openedAt: now, closesAt: how.closesAt },
    happened('opened', { roll: how.roll, ...(how.closesAt ? { closesAt: how.closesAt.toString() } : {}) }),
  )
}

/** One person on the roll. */
export interface Voter {
  readonly offBecause: 'conflict' | 'left' | null
  /** Is still a voting member today. */
  readonly isVotingNow: boolean
  /** A conflict of interest on this item waits for the chair's decision. */
  readonly undecided: boolean
}

/** Why this ballot cannot go in now; undefined when it can. */
export function ballotCannot(
  it: Motion,
  voter: Voter | undefined,
  choice: Choice,
  now: Instant,
): Refusal | undefined {
  if (it.state === 'draft') return refuse('not-open', 'This vote is not open yet')
  if (it.state !== 'open' || isOverTime(it, now)) {
    return it.state === 'withdrawn'
      ? refuse('withdrawn', 'This motion was withdrawn. Your ballot was not taken')
      : refuse('closed', 'This vote was closed before your ballot came in. It was not counted')
  }
  if (!voter) return refuse('not-on-roll', 'You are not on the roll of this vote')
  if (voter.offBecause === 'conflict') {
    return refuse('off-roll', 'You have a conflict of interest on this item, so you do not vote on it')
  }
  if (voter.offBecause === 'left' || !voter.isVotingNow) {
    return refuse('left', 'Your voting membership has ended, so this ballot cannot be taken')
  }
  if (voter.undecided) {
    return refuse(
      'undecided-conflict',
      'The chair has to decide first whether this item touches an interest of yours. Then you can vote',
    )
  }
  return choiceCannot(it.terms, choice)
}

export function choiceCannot(terms: Terms, choice: Choice): Refusal | undefined {
  const [first] = choice
  if (first === undefined) return refuse('no-choice', 'Choose how you vote')
  if (choice.length === 1 && first === 'abstain') return undefined
  const known = terms.kind === 'for-against' ? ['for', 'against'] : terms.options.map(each => each.key)
  if (choice.some(each => !known.includes(each)))
    return refuse('no-such-choice', 'Choose one of the choices given')
  if (terms.kind !== 'ranked' && choice.length > 1) return refuse('one-only', 'Choose one only')
  if (new Set(choice).size < choice.length) {
    return refuse('twice', 'Give each choice a different place: 1 for the one you want most')
  }
  return undefined
}

export const isOverTime = (it: Motion, now: Instant): boolean =>
  it.state === 'open' && it.closesAt !== null && Temporal.Instant.compare(it.closesAt, now) <= 0

export interface Closing {
  readonly ballots: readonly Choice[]
  /** Sealed ballots that cannot be opened any more. */
  readonly unreadable: number
  /** People on the roll whose conflict of interest nobody decided yet. */
  readonly undecided: number
  readonly there: There
  readonly conflicts: readonly { personId: number; outcome: ConflictOutcome }[]
}

/** @param by undefined: the clock, or the last ballot of a written vote */
export function close(it: Motion, by: By | undefined, count: Closing, now: Instant): Step {
  if (it.state === 'draft') return refuse('not-open', 'This vote is not open yet')
  if (it.state !== 'open') return over(it)
  if (by && !by.leads) return notLeading
  if (by?.inConflict) return inConflict
  if (count.undecided > 0) {
    return refuse(
      'undecided-conflict',
      'Somebody on the roll may have a conflict of interest. Decide it first, then close the vote',
    )
  }
  if (count.unreadable > 0) {
    return refuse(
      'unreadable',
      'Some ballots cannot be opened, because the secret of this installation has changed since. Withdraw this vote and hold it again',
    )
  }
  const result = tallied(it.terms, count)
  return accept(
    {
      state: 'closed',
      terms: it.terms,
      openedAt: it.openedAt,
      closesAt: it.closesAt,
      closedAt: now,
      result,
    },
    happened('closed', {
      outcome: result.outcome,
      voted: result.voted,
      roll: result.roll,
      indicative: result.indicative,
    }),
  )
}

/** The tie is the chair's to decide, once (R30). */
export function castDeciding(it: Motion, by: By, choice: string): Step {
  if (it.state !== 'closed') return refuse('not-closed', 'The ballots are not counted yet')
  const { result } = it
  if (result.outcome !== 'waits-for-chair') return over(it)
  if (!by.leads) return notLeading
  if (by.inConflict) return inConflict
  if (!result.tied.includes(choice))
    return refuse('no-such-choice', 'Choose one of the choices that are level')
  return accept(
    {
      ...it,
      result: {
        ...result,
        outcome: choice === 'against' ? 'not-carried' : 'carried',
        chosen: choice === 'against' ? null : choice,
        casting: { choice, byPersonId: by.personId },
      },
    },
    happened('casting-vote', { choice }),
  )
}

export function withdraw(it: Motion, by: By, because: string): Step {
  if (it.state === 'closed' || it.state === 'withdrawn') return over(it)
  const may = by.leads || by.isTeam || (it.state === 'draft' && by.proposed)
  if (!may) return notLeading
  return accept({ state: 'withdrawn', terms: it.terms, because }, happened('withdrawn', { because }))
}

export const stateWords: Record<Motion['state'], string> = {
  draft: 'Not open yet',
  open: 'People vote now',
  closed: 'Closed',
  withdrawn: 'Withdrawn',
}
