import type { Temporal } from 'temporal-polyfill'
import { type Due, dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { stateWords, turnOf } from '../contribution.ts'
import { type Named, whoLeads } from '../network-people.ts'
import type { ThreadView } from './view.ts'

/** Where a contribution is now, in a sentence, and who acts next by when. */
export interface Standing {
  readonly headline: string
  /** Plain sentences; staff's words among them. */
  readonly sentences: readonly string[]
  /** Whose turn it is, with a name; undefined when nobody's. */
  readonly next: string | undefined
  readonly due: Due | undefined
}

/** @param isTheirs the reader raised or joined it, so that "you" is right */
export function standingOf(view: ThreadView, isTheirs: boolean, today: Temporal.PlainDate): Standing {
  const { it } = view.loaded.thread
  const { due } = turnOf(it)
  return {
    headline: isTheirs ? stateWords[it.state] : (wordsForOthers[it.state] ?? stateWords[it.state]),
    sentences: sentencesOf(view, isTheirs),
    next: nextInWords(view, isTheirs),
    due: due ? dueInWords(due, today) : nearestAction(view, today),
  }
}

const wordsForOthers: Partial<Record<keyof typeof stateWords, string>> = {
  'needs-you': 'We need something from the person who raised it',
  'fed-back': 'The answer was sent',
  closed: 'Closed by who raised it',
  reopened: 'Not closed, say those who raised it',
  'ended-unanswered': 'We did not hear from who raised it',
  withdrawn: 'Withdrawn by who raised it',
}

function sentencesOf(view: ThreadView, isTheirs: boolean): string[] {
  const { it } = view.loaded.thread
  const last = view.considerations.at(-1)
  const because = last ? [`Because: ${theirs(last.reason)}`] : []
  const who = isTheirs ? 'You' : 'The person who raised it'
  switch (it.state) {
    case 'received':
      return ['The team reads it and says which group will consider it, and when.']
    case 'needs-you':
      return [theirs(it.question), 'Until then the clock of the network stands still.']
    case 'to-be-considered':
      return [
        view.meetingTitle
          ? `The ${theirs(view.groupName ?? '')} considers it at “${view.meetingTitle}” on ${dateInWords(it.on)}.`
          : `The ${theirs(view.groupName ?? '')} considers it by ${dateInWords(it.on)}.`,
      ]
    case 'agreed':
      return [...view.actions.filter(open).map(actionInWords), ...because]
    case 'partly-agreed':
      return [
        ...(last
          ? [`Agreed: ${theirs(last.agreedPart ?? '')}`, `Not agreed: ${theirs(last.notAgreedPart ?? '')}`]
          : []),
        ...because,
        ...view.actions.filter(open).map(actionInWords),
      ]
    case 'not-agreed':
      return because
    case 'passed-on':
      return [
        `It was passed to ${theirs(it.to)}.`,
        ...because,
        it.answer
          ? `They answered: ${theirs(it.answer.said)}`
          : `If they do not answer, we ask again on ${dateInWords(it.chaseOn)}.`,
      ]
    case 'changed':
      return view.actions.flatMap(each =>
        each.state === 'done' && each.data.whatChanged
          ? [theirs(each.data.whatChanged)]
          : each.state === 'dropped' && each.data.because
            ? [`We did not do this: ${theirs(each.what)} Because: ${theirs(each.data.because)}`]
            : [],
      )
    case 'fed-back':
      return isTheirs
        ? ['Read the answer below. Then tell us: does it close the loop for you? Only you can say so.']
        : ['Only those who raised it can say whether that closes it.', waitsInWords(view)].filter(Boolean)
    case 'closed':
      return isTheirs ? ['Thank you for telling us, and for coming back to say so.'] : []
    case 'reopened':
      return ['The network looks at it again, or gives a better answer.']
    case 'ended-unanswered':
      return [`${who} can still say whether the answer closes it, at any time.`]
    case 'withdrawn':
      return []
  }
}

const waitsInWords = (view: ThreadView) => {
  const { contributors } = view.loaded.thread
  const said = contributors.filter(each => each.verdict === 'yes').length
  return contributors.length > 1 ? `${said} of ${contributors.length} people have said yes.` : ''
}

const open = (action: ThreadView['actions'][number]) =>
  action.state === 'open' || action.state === 'asked-for-another-date'
const actionInWords = (action: ThreadView['actions'][number]) =>
  `${theirs(action.what.replace(/[.\s]+$/, ''))}: ${theirs(action.owner)}, by ${dateInWords(action.due)}.`

function nearestAction(view: ThreadView, today: Temporal.PlainDate): Due | undefined {
  const { state } = view.loaded.thread.it
  if (state !== 'agreed' && state !== 'partly-agreed') return undefined
  const [first] = view.actions.filter(open).sort((a, b) => (a.due.toString() < b.due.toString() ? -1 : 1))
  return first && dueInWords(first.due, today)
}

const names = (list: readonly Named[]) => list.map(each => theirs(each.name)).join(' or ')
const withNames = (words: string, list: readonly Named[]) =>
  list.length > 0 ? `${words} (${names(list)})` : words

function nextInWords(view: ThreadView, isTheirs: boolean): string | undefined {
  const { people, loaded } = view
  switch (turnOf(loaded.thread.it).waitsFor) {
    case 'team':
      return withNames('The network’s team', people.coordinators)
    case 'contributor':
      return isTheirs ? 'You' : 'Whoever raised it'
    case 'group':
      return withNames(`The ${theirs(view.groupName ?? '')}`, whoLeads(people, loaded.groupId))
    case 'action-owners':
      return [...new Set(view.actions.filter(open).map(each => theirs(each.owner)))].join(' and ')
    case 'feedback-owner':
      return (
        (view.feedbackOwner && theirs(view.feedbackOwner.name)) ??
        withNames(`The ${theirs(view.groupName ?? '')}`, whoLeads(people, loaded.groupId))
      )
    case 'portfolio-manager':
      return withNames('The Network Portfolio Manager', people.portfolioManagers)
    case 'director':
      return withNames('The Network Director', people.directors)
    case 'nobody':
      return undefined
  }
}
