import type { Temporal } from 'temporal-polyfill'
import { addWorkingDays, isLate, workingDaysBetween } from '#kernel/calendar/working-days.ts'
import { type ClockSettings, promisedBy } from '#kernel/clocks.ts'
import { accept, type Decision, happened, type Refusal, refuse } from '#kernel/decision.ts'
import type { Leader } from '#platform/who-today.ts'
import type { Verdict } from './tables.ts'

type PlainDate = Temporal.PlainDate

/**
 * Where a request to a SIG is (product.md, "Requests to a SIG"). A promise is worked out when it is made and kept;
 * whether it is late is worked out whenever somebody asks.
 */
export type ChairRequest =
  | { readonly state: 'asked'; readonly acknowledgeBy: PlainDate; readonly answerBy: PlainDate }
  | { readonly state: 'acknowledged'; readonly answerBy: PlainDate }
  | {
      /** The SIG waits for the asker: its clock stands still since `stoppedOn`. */
      readonly state: 'needs-asker'
      readonly question: string
      readonly stoppedOn: PlainDate
      readonly before: Answerable
    }
  | { readonly state: 'answered'; readonly answers: number; readonly remindOn: PlainDate }
  | {
      /** It answered partly or not at all: once it goes back to the SIG. */
      readonly state: 'sent-back'
      readonly verdict: 'partly' | 'no'
      readonly because: string
      readonly answers: number
      readonly answerBy: PlainDate
    }
  | {
      readonly state: 'with-portfolio-manager'
      readonly verdict: 'partly' | 'no'
      readonly because: string
      readonly answers: number
      readonly answerBy: PlainDate
    }
  | { readonly state: 'closed' }
  | { readonly state: 'withdrawn' }

export type State = ChairRequest['state']
/** States that wait for an answer of the network with one promise left. */
export type Answerable = Extract<
  ChairRequest,
  { state: 'acknowledged' | 'sent-back' | 'with-portfolio-manager' }
>

export interface When {
  readonly today: PlainDate
  readonly clocks: ClockSettings
}

/** Who acts, as far as a step asks. */
export interface By {
  readonly isAsker: boolean
  /** The chair or the deputy of the SIG. */
  readonly leads: boolean
  readonly isTeam: boolean
}

export type Step = Decision<ChairRequest>

const over = (it: ChairRequest): Refusal | undefined =>
  it.state === 'closed'
    ? refuse('over', 'This was answered and closed')
    : it.state === 'withdrawn'
      ? refuse('over', 'This was withdrawn')
      : undefined
const notTheSig = refuse('not-the-sig', 'The chair or the deputy of this SIG answers')
const notTheAsker = refuse('not-the-asker', 'Only the person who asked can do that')

export function ask(when: When): Extract<ChairRequest, { state: 'asked' }> {
  return {
    state: 'asked',
    acknowledgeBy: promisedBy('request-acknowledge', when.today, when.clocks),
    answerBy: promisedBy('request-answer', when.today, when.clocks),
  }
}

export function acknowledge(it: ChairRequest, by: By): Step {
  if (!by.leads) return notTheSig
  if (it.state !== 'asked')
    return over(it) ?? refuse('known', 'The person who asked knows already that you have it')
  return accept({ state: 'acknowledged', answerBy: it.answerBy }, happened('acknowledged'))
}

/** From here the clock stands still. A question also tells the asker that the SIG has the request. */
export function askAsker(it: ChairRequest, by: By, question: string, when: When): Step {
  if (!mayAnswerNow(it, by)) return by.leads || by.isTeam ? cannotAnswer(it) : notTheSig
  const before = answerable(it)
  if (!before) return cannotAnswer(it)
  return accept(
    { state: 'needs-asker', question, stoppedOn: when.today, before },
    happened('asked-back', { question }),
  )
}

function answerable(it: ChairRequest): Answerable | undefined {
  switch (it.state) {
    case 'asked':
      return { state: 'acknowledged', answerBy: it.answerBy }
    case 'acknowledged':
    case 'sent-back':
    case 'with-portfolio-manager':
      return it
    case 'needs-asker':
      return it.before
    default:
      return undefined
  }
}

/** The asker replies, or the team writes down what they said. The clock begins again where it stood. */
export function reply(it: ChairRequest, by: By, words: string, when: When): Step {
  if (!by.isAsker && !by.isTeam) return notTheAsker
  if (it.state !== 'needs-asker') return over(it) ?? refuse('not-asked', 'Nothing is being asked of you now')
  return accept(
    { ...it.before, answerBy: resumed(it.before.answerBy, it.stoppedOn, when.today) },
    happened('replied', { words, ...asTold(by) }),
  )
}

/** As many working days are left (or lost) when the clock starts again as when it stopped. */
export function resumed(due: PlainDate, stoppedOn: PlainDate, today: PlainDate): PlainDate {
  const left = workingDaysBetween(stoppedOn, due)
  return addWorkingDays(today, isLate(due, stoppedOn) ? Math.min(left, -1) : left)
}

/**
 * The chair and the deputy answer; once the portfolio manager has it, they may too. An answer also ends the waiting
 * for the asker: the SIG has found out by itself.
 */
export function answer(
  it: ChairRequest,
  by: By,
  given: { id: number; words: string; files: number },
  when: When,
): Step {
  if (!mayAnswerNow(it, by)) return by.leads || by.isTeam ? cannotAnswer(it) : notTheSig
  return accept(
    {
      state: 'answered',
      answers: answersSoFar(it) + 1,
      remindOn: promisedBy('verdict-reminder', when.today, when.clocks),
    },
    happened('answered', { answerId: given.id, words: given.words, files: given.files }),
  )
}

/** True for those whose answer would be taken now. */
export function mayAnswerNow(it: ChairRequest, by: By): boolean {
  const before = answerable(it)
  if (!before) return false
  return by.leads || (by.isTeam && before.state === 'with-portfolio-manager')
}

function cannotAnswer(it: ChairRequest): Refusal {
  if (it.state === 'answered')
    return refuse('answered', 'This has an answer already. Read it before you add anything')
  return over(it) ?? notTheSig
}

const answersSoFar = (it: ChairRequest): number => {
  const at = it.state === 'needs-asker' ? it.before : it
  return 'answers' in at ? at.answers : 0
}

/** How a verdict reached us: from the asker, or from the team who wrote down what the asker said. */
export interface VerdictGiven {
  readonly verdict: Verdict
  readonly words: string
  readonly how: VerdictHow
}

/** The first two are the asker's own; the others were written down for them. */
export type VerdictHow = 'web' | 'email' | 'phone' | 'post' | 'in-person'
export const isAsSaid = (how: VerdictHow): boolean => how !== 'web' && how !== 'email'

/** "Partly" and "no" need a reason, go back to the SIG once, and from then on to the portfolio manager. */
export function judge(it: ChairRequest, by: By, given: VerdictGiven, when: When): Step {
  const asSaid = !by.isAsker && by.isTeam && isAsSaid(given.how)
  if (!by.isAsker && !asSaid) return refuse('only-the-asker-judges', 'Only the person who asked can say that')
  if (it.state !== 'answered') return over(it) ?? refuse('no-answer', 'There is no new answer to judge')
  const { verdict, words } = given
  if (verdict !== 'yes' && words === '')
    return refuse('no-reason', 'Say what is missing, so that it can be answered')
  const said = happened(`said-${verdict}`, { words, ...(asSaid ? { recorded: true, how: given.how } : {}) })
  if (verdict === 'yes') return accept({ state: 'closed' }, said)
  if (it.answers <= 1) {
    const answerBy = promisedBy('request-answer', when.today, when.clocks)
    return accept(
      { state: 'sent-back', verdict, because: words, answers: it.answers, answerBy },
      said,
      happened('sent-back'),
    )
  }
  // The same clock as for a loop that was not closed: the network owes a better answer.
  const answerBy = promisedBy('reopened', when.today, when.clocks)
  return accept(
    { state: 'with-portfolio-manager', verdict, because: words, answers: it.answers, answerBy },
    said,
    happened('to-portfolio-manager'),
  )
}

export function withdraw(it: ChairRequest, by: By): Step {
  if (!by.isAsker && !by.isTeam) return notTheAsker
  return over(it) ?? accept({ state: 'withdrawn' }, happened('withdrawn', asTold(by)))
}

/** Each side for itself. Anything that was answered may stand in the library, also when it is over. */
export function consent(
  it: ChairRequest,
  by: By,
  given: { side: 'asker' | 'sig'; consents: boolean; isThere: boolean },
): Step {
  if (!given.isThere) return refuse('no-answer', 'There is no such answer')
  // An asker may ring to take it back; only they themselves can give it afterwards.
  const asksByPhone = by.isTeam && !given.consents
  if (given.side === 'asker' && !by.isAsker && !asksByPhone) return notTheAsker
  if (given.side === 'sig' && !by.leads) return notTheSig
  return accept(it, happened(given.consents ? 'library-yes' : 'library-no', { side: given.side }))
}

const asTold = (by: By) => (by.isAsker ? {} : { recorded: true })

export interface Turn {
  readonly waitsFor: 'group' | 'asker' | 'portfolio-manager' | 'nobody'
  readonly due: PlainDate | null
}

/** Whose turn it is and by when. While it is the asker's there is no day: nothing is owed by them. */
export function turnOf(it: ChairRequest): Turn {
  switch (it.state) {
    case 'asked':
      return { waitsFor: 'group', due: it.acknowledgeBy }
    case 'acknowledged':
    case 'sent-back':
      return { waitsFor: 'group', due: it.answerBy }
    case 'with-portfolio-manager':
      return { waitsFor: 'portfolio-manager', due: it.answerBy }
    case 'needs-asker':
    case 'answered':
      return { waitsFor: 'asker', due: null }
    case 'closed':
    case 'withdrawn':
      return { waitsFor: 'nobody', due: null }
  }
}

/** What the answer was promised for, if one is owed or was owed until now. */
export function promisedAnswer(it: ChairRequest): PlainDate | undefined {
  if (it.state === 'needs-asker') return it.before.answerBy
  return 'answerBy' in it ? it.answerBy : undefined
}

/** The day for which an answer given today was promised; the time of standing still does not count. */
export function answerOwedFor(it: ChairRequest, today: PlainDate): PlainDate | null {
  if (it.state === 'needs-asker') return resumed(it.before.answerBy, it.stoppedOn, today)
  return promisedAnswer(it) ?? null
}

export const isOver = (it: ChairRequest): boolean => it.state === 'closed' || it.state === 'withdrawn'

/**
 * Who of the SIG has the request (product.md: "a chair's absence sends requests to the deputy by itself"). Whoever
 * has it keeps it while they are there; else the chair, else the deputy, and when all are away the one
 * who would have it otherwise. Nobody at all: the team has to find somebody.
 */
export function holderOf(current: number | null, leaders: readonly Leader[]): Leader | undefined {
  const there = leaders.filter(each => !each.away)
  const inOrder = [
    ...there.filter(each => each.role === 'chair'),
    ...there.filter(each => each.role === 'deputy'),
  ]
  return (
    there.find(each => each.personId === current) ??
    inOrder[0] ??
    leaders.find(each => each.personId === current) ??
    leaders.find(each => each.role === 'chair') ??
    leaders[0]
  )
}
