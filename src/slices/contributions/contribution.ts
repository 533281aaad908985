import { Temporal } from 'temporal-polyfill'
import { addWorkingDays, isLate, workingDaysBetween } from '#kernel/calendar/working-days.ts'
import { type ClockSettings, promisedBy } from '#kernel/clocks.ts'
import { accept, type Decision, happened, type Refusal, refuse } from '#kernel/decision.ts'
import type { Outcome } from './tables.ts'

type PlainDate = Temporal.PlainDate

/**
 * Where a contribution is (product.md, "The loop"). A promise (`due`) is worked out when it is made and kept, so
 * that it keeps the clock it was made under; whether it is late is worked out whenever somebody asks.
 */
export type Contribution =
  | { readonly state: 'received'; readonly due: PlainDate }
  | {
      readonly state: 'needs-you'
      readonly question: string
      readonly stoppedOn: PlainDate
      readonly before: Waiting
    }
  | {
      readonly state: 'to-be-considered'
      readonly groupId: number
      readonly meetingId: number | null
      /** The day of the meeting, or the day by which the group looks at it. */
      readonly on: PlainDate
      readonly due: PlainDate
    }
  | { readonly state: 'agreed' | 'partly-agreed'; readonly considerationId: number }
  | { readonly state: 'not-agreed'; readonly considerationId: number; readonly due: PlainDate }
  | {
      readonly state: 'passed-on'
      readonly considerationId: number
      readonly to: string
      readonly chaseOn: PlainDate
      /** What the body said: then feedback is promised by `due`. */
      readonly answer: { readonly said: string; readonly due: PlainDate } | null
    }
  | { readonly state: 'changed'; readonly due: PlainDate }
  | {
      readonly state: 'fed-back'
      readonly feedbackId: number
      readonly remindOn: PlainDate
      readonly endsOn: PlainDate
    }
  | { readonly state: 'closed' }
  | {
      readonly state: 'reopened'
      /** How often it was not closed: the second time it goes to the director. */
      readonly times: number
      readonly because: string
      readonly due: PlainDate
    }
  | { readonly state: 'ended-unanswered'; readonly feedbackId: number }
  | { readonly state: 'withdrawn' }

export type State = Contribution['state']
/** States that wait for the network before an outcome: from here it may ask, and here an answer leads back. */
export type Waiting = Extract<Contribution, { state: 'received' | 'to-be-considered' | 'reopened' }>

/** What is known of the thread besides its state. */
export interface Thread {
  readonly it: Contribution
  /** How often a contributor said that it was not closed. */
  readonly timesNotClosed: number
  /** Those still in it, with the verdict on the latest feedback. */
  readonly contributors: readonly { readonly personId: number; readonly verdict: 'yes' | 'no' | null }[]
  /** Actions of the latest consideration that are neither done nor dropped. */
  readonly openActions: number
  readonly published: boolean
}

/** Today, and the clocks that hold. */
export interface When {
  readonly today: PlainDate
  readonly clocks: ClockSettings
}

export type Step = Decision<Contribution>

const wrongState = (sentence: string): Refusal => refuse('wrong-state', sentence)
export const over = (it: Contribution): boolean => it.state === 'closed' || it.state === 'withdrawn'

export function receive(when: When): Contribution {
  return { state: 'received', due: promisedBy('acknowledge', when.today, when.clocks) }
}

/** "It will be considered at …": also for routing again while it is not yet considered. */
export function acknowledge(
  { it }: Thread,
  where: { groupId: number; groupName: string; meetingId: number | null; on: PlainDate; words: string },
  when: When,
): Step {
  if (it.state !== 'received' && it.state !== 'to-be-considered' && it.state !== 'reopened') {
    return wrongState('This has moved on, so where it will be considered cannot be set now')
  }
  if (Temporal.PlainDate.compare(where.on, when.today) < 0) {
    return refuse('in-the-past', 'The day it will be considered must be today or later')
  }
  const due = promisedBy('consider', where.on, when.clocks)
  return accept(
    { state: 'to-be-considered', groupId: where.groupId, meetingId: where.meetingId, on: where.on, due },
    happened('acknowledged', { group: where.groupName, on: where.on.toString(), words: where.words }),
  )
}

export function askContributor({ it }: Thread, question: string, when: When): Step {
  if (it.state !== 'received' && it.state !== 'to-be-considered' && it.state !== 'reopened') {
    return wrongState('You can ask while it waits for the network. It does not do so now')
  }
  return accept(
    { state: 'needs-you', question, stoppedOn: when.today, before: it },
    happened('asked', { question }),
  )
}

/** The network's clock stood still: what was left of it begins again today. */
/** @param told when the team wrote down what somebody said */
export function answerAsked(
  { it }: Thread,
  words: string,
  when: When,
  told?: { readonly how: string; readonly on: string },
): Step {
  if (it.state !== 'needs-you') return wrongState('Nothing is being asked of you now')
  const left = Math.max(0, workingDaysBetween(it.stoppedOn, it.before.due))
  const due = isLate(it.before.due, it.stoppedOn) ? it.before.due : addWorkingDays(when.today, left)
  return accept(
    { ...it.before, due },
    happened('answered', { words, ...(told ? { recorded: true, ...told } : {}) }),
  )
}

export interface Considered {
  readonly considerationId: number
  readonly groupName: string
  /** The title of the meeting at which it was considered. */
  readonly meetingTitle?: string | undefined
  readonly outcome: Outcome
  readonly reason: string
  readonly passedTo: string
  readonly newActions: number
}

/** An outcome with the consideration it rests on; there is no other way to an outcome (LOOP-8). */
export function consider({ it }: Thread, given: Considered, when: When): Step {
  if (it.state === 'received') {
    return refuse(
      'not-acknowledged',
      'Say first which group considers this, so that the person hears where it goes',
    )
  }
  if (it.state !== 'to-be-considered' && it.state !== 'reopened') {
    return wrongState('This does not wait to be considered now')
  }
  const { considerationId, outcome, reason } = given
  const event = happened('considered', {
    considerationId,
    group: given.groupName,
    ...(given.meetingTitle ? { meeting: given.meetingTitle } : {}),
    outcome,
    reason,
    passedTo: given.passedTo,
  })
  const due = promisedBy('feedback', when.today, when.clocks)
  switch (outcome) {
    case 'agreed':
    case 'partly-agreed':
      if (given.newActions === 0)
        return refuse('no-action', 'What was agreed needs at least one action, with an owner and a date')
      return accept({ state: outcome, considerationId }, event)
    case 'not-agreed':
      return accept({ state: 'not-agreed', considerationId, due }, event)
    case 'passed-on': {
      const chaseOn = promisedBy('chase', when.today, when.clocks)
      return accept({ state: 'passed-on', considerationId, to: given.passedTo, chaseOn, answer: null }, event)
    }
  }
}

/** What the body that it was passed to said. */
export function hearFromBody({ it }: Thread, said: string, when: When): Step {
  if (it.state !== 'passed-on') return wrongState('This was not passed on')
  // Hearing from them again does not move what was promised when they first answered.
  const due = it.answer?.due ?? promisedBy('feedback', when.today, when.clocks)
  return accept({ ...it, answer: { said, due } }, happened('body-answered', { to: it.to, said }))
}

/** They did not say anything yet: asked again, and the clock begins again. */
export function chased({ it }: Thread, words: string, when: When): Step {
  if (it.state !== 'passed-on' || it.answer) return wrongState('There is nobody to chase')
  return accept(
    { ...it, chaseOn: promisedBy('chase', when.today, when.clocks) },
    happened('body-chased', { to: it.to, words }),
  )
}

/** An action was done or dropped: when none is open any more, something has changed (or will not). */
export function actionEnded({ it, openActions }: Thread, when: When): Step | undefined {
  if ((it.state !== 'agreed' && it.state !== 'partly-agreed') || openActions > 0) return undefined
  return accept(
    { state: 'changed', due: promisedBy('feedback', when.today, when.clocks) },
    happened('changed', {}),
  )
}

export const mayGiveFeedback = (it: Contribution): boolean =>
  it.state === 'changed' ||
  it.state === 'not-agreed' ||
  it.state === 'reopened' ||
  (it.state === 'passed-on' && it.answer !== null)

/** The answer goes to each contributor; from here only they can act. "Reopened" may get a better answer. */
export function giveFeedback({ it }: Thread, feedbackId: number, when: When): Step {
  if (!mayGiveFeedback(it)) {
    if (it.state === 'agreed' || it.state === 'partly-agreed') {
      return wrongState('Feedback is given when every action is done or dropped')
    }
    if (it.state === 'passed-on') return wrongState('Write down first what they said')
    return wrongState('There is nothing to feed back yet: it has to be considered first')
  }
  return accept(
    {
      state: 'fed-back',
      feedbackId,
      remindOn: promisedBy('verdict-reminder', when.today, when.clocks),
      endsOn: promisedBy('end-unanswered', when.today, when.clocks),
    },
    happened('fed-back', { feedbackId }),
  )
}

/** How a verdict reached us. `recordedBy` is staff who wrote down what the person said. */
export interface VerdictGiven {
  readonly answer: 'yes' | 'no'
  readonly words: string
  readonly personId: number
  /** The person themselves, by page or by the link in their message, or staff writing down what they said. */
  readonly by: 'contributor' | 'staff-as-said' | 'staff'
  /** How and when staff were told. */
  readonly told?: { readonly how: string; readonly on: string }
}

/**
 * Only the contributor closes (product.md). Closed when each who is in it said yes; the first "no" reopens: to the
 * portfolio manager, and the second time to the director.
 */
export function giveVerdict(
  { it, contributors, timesNotClosed }: Thread,
  given: VerdictGiven,
  when: When,
): Step {
  if (given.by === 'staff' || !contributors.some(each => each.personId === given.personId)) {
    return refuse('only-the-contributor-closes', 'Only the person who raised this can close it')
  }
  if (it.state !== 'fed-back' && it.state !== 'ended-unanswered') {
    return refuse(
      'not-answered-yet',
      over(it)
        ? 'This loop is not open any more'
        : 'You can say whether this closes it once you have had the answer',
    )
  }
  if (given.answer === 'yes' && contributors.some(each => saidYes(each, given.personId))) {
    return refuse('said-already', 'The answer yes is here already. Thank you')
  }
  const event = happened(given.answer === 'yes' ? 'said-yes' : 'said-no', {
    words: given.words,
    personId: given.personId,
    ...(given.by === 'staff-as-said' ? { recorded: true, ...given.told } : {}),
  })
  if (given.answer === 'no') {
    const times = timesNotClosed + 1
    const due = promisedBy('reopened', when.today, when.clocks)
    return accept(
      { state: 'reopened', times, because: given.words, due },
      event,
      happened('reopened', { to: times > 1 ? 'director' : 'portfolio-manager' }),
    )
  }
  const allSaidYes = contributors.every(each => each.personId === given.personId || each.verdict === 'yes')
  return allSaidYes ? accept({ state: 'closed' }, event, happened('closed', {})) : accept(it, event)
}

const saidYes = (each: { personId: number; verdict: 'yes' | 'no' | null }, personId: number) =>
  each.personId === personId && each.verdict === 'yes'

/** Called by the clock. Stays answerable for ever: a late verdict still counts. */
export function endUnanswered({ it }: Thread, when: When): Step | undefined {
  if (it.state !== 'fed-back' || Temporal.PlainDate.compare(when.today, it.endsOn) < 0) return undefined
  return accept({ state: 'ended-unanswered', feedbackId: it.feedbackId }, happened('ended-unanswered', {}))
}

/** One contributor takes their part out; when nobody is left, the whole is withdrawn. */
export function withdraw({ it, contributors, published }: Thread, personId: number): Step {
  if (!contributors.some(each => each.personId === personId)) {
    return refuse('only-the-contributor-withdraws', 'Only the person who raised this can withdraw it')
  }
  if (published) {
    return refuse(
      'published',
      'This is published. Take back your consent to that first, then you can withdraw it',
    )
  }
  if (it.state === 'withdrawn') return wrongState('You withdrew this already')
  const rest = contributors.filter(each => each.personId !== personId)
  if (rest.length === 0) return accept({ state: 'withdrawn' }, happened('withdrawn', {}))
  // Those who stay may all have said yes already: then the one who left was all it waited for.
  const closes = it.state === 'fed-back' && rest.every(each => each.verdict === 'yes')
  return closes
    ? accept({ state: 'closed' }, happened('left', { personId }), happened('closed', {}))
    : accept(it, happened('left', { personId }))
}

/** While it is open, others can say "me too" with words of their own. */
export function mayJoin(it: Contribution): boolean {
  return !over(it) && it.state !== 'fed-back' && it.state !== 'ended-unanswered'
}

/** A correction keeps the original; not once it is closed or withdrawn. */
export function mayCorrect({ it, published }: Thread): boolean {
  return !over(it) && !published
}

/** Who acts next, in a word that lists can ask for. */
export type WaitsFor =
  | 'team'
  | 'contributor'
  | 'group'
  | 'action-owners'
  | 'feedback-owner'
  | 'portfolio-manager'
  | 'director'
  | 'nobody'

export interface Turn {
  readonly waitsFor: WaitsFor
  readonly due: PlainDate | null
}

export function turnOf(it: Contribution): Turn {
  switch (it.state) {
    case 'received':
      return { waitsFor: 'team', due: it.due }
    case 'needs-you':
      return { waitsFor: 'contributor', due: null }
    case 'to-be-considered':
      return { waitsFor: 'group', due: it.due }
    case 'agreed':
    case 'partly-agreed':
      // Each action has its own owner and date; the thread shows the nearest.
      return { waitsFor: 'action-owners', due: null }
    case 'not-agreed':
    case 'changed':
      return { waitsFor: 'feedback-owner', due: it.due }
    case 'passed-on':
      return { waitsFor: 'feedback-owner', due: it.answer?.due ?? it.chaseOn }
    case 'fed-back':
      return { waitsFor: 'contributor', due: null }
    case 'reopened':
      return { waitsFor: it.times > 1 ? 'director' : 'portfolio-manager', due: it.due }
    case 'closed':
    case 'ended-unanswered':
    case 'withdrawn':
      return { waitsFor: 'nobody', due: null }
  }
}

/** What the contributor reads (product.md, second column); details are filled in by the page. */
export const stateWords: Record<State, string> = {
  received: 'We have it',
  'needs-you': 'We need something from you',
  'to-be-considered': 'Will be considered',
  agreed: 'Agreed',
  'partly-agreed': 'Partly agreed',
  'not-agreed': 'Not agreed',
  'passed-on': 'Passed on',
  changed: 'This is what changed',
  'fed-back': 'Did this close the loop for you?',
  closed: 'You closed this loop',
  reopened: 'You told us it is not closed',
  'ended-unanswered': 'We did not hear from you',
  withdrawn: 'You withdrew this',
}

export const states = Object.keys(stateWords) as State[]
