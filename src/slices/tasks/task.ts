import { accept, type Decision, happened, type Refusal, refuse } from '#kernel/decision.ts'
import type { AnswerHow, OfferState } from './tables.ts'

/** What the steps ask about a task. Who does it is on its offers: one for each person who was asked or came by themselves. */
export interface Task {
  readonly isOver: boolean
  readonly openTo: 'asked' | 'everyone'
  readonly places: number
  readonly offers: readonly { readonly personId: number; readonly state: OfferState }[]
}

/** Who acts, for whom. */
export interface By {
  readonly isThem: boolean
  readonly isTeam: boolean
}

export type Step = Decision<OfferState>

const over = refuse('over', 'This task is over. Nothing is asked of anybody any more')
const notTheirs = refuse('not-theirs', 'Only the person who was asked can say that')

/** How many have said yes: whoever stepped back makes room again. */
export const taken = (it: Pick<Task, 'offers'>): number =>
  it.offers.filter(each => ['accepted', 'done', 'thanked'].includes(each.state)).length
export const isFull = (it: Pick<Task, 'offers' | 'places'>): boolean => taken(it) >= it.places

const offerOf = (it: Task, personId: number) => it.offers.find(each => each.personId === personId)?.state

/** Nobody is asked twice for the same, and nobody in a time of rest. */
export function ask(it: Task, person: { id: number; isResting: boolean }): Step {
  if (it.isOver) return over
  if (person.isResting) return refuse('resting', 'One of them takes a rest now. Ask somebody else')
  if (offerOf(it, person.id)) return refuse('asked-before', 'One of them was asked already')
  return accept('asked', happened('asked', { personId: person.id }))
}

/** "Yes" takes a place; "no" needs no reason and none is kept. After a no, yes is still possible. */
export function answer(
  it: Task,
  by: By,
  personId: number,
  given: { says: 'yes' | 'no'; how: AnswerHow },
): Step {
  const wrong = spokenFor(by, given.how)
  if (wrong) return wrong
  if (it.isOver) return over
  const state = offerOf(it, personId)
  const told = { personId, ...(by.isThem ? {} : { recorded: true, how: given.how }) }
  if (given.says === 'no') {
    if (state === undefined) return refuse('not-asked', 'Nobody asked, so there is nothing to say no to')
    if (state !== 'asked') return refuse('answered', 'This was answered already')
    return accept('declined', happened('declined', told))
  }
  if (state === 'accepted') return refuse('answered', 'You said yes already. Thank you')
  if (state === 'done' || state === 'thanked') return refuse('done', 'This was done already. Thank you')
  if (state === undefined && it.openTo === 'asked') return notTheirs
  if (isFull(it)) return refuse('full', 'Enough people have said yes by now. Thank you for wanting to help')
  return accept('accepted', happened('accepted', told))
}

/** Life comes first: no reason is asked for. */
export function stepBack(it: Task, by: By, personId: number, how: AnswerHow): Step {
  const wrong = spokenFor(by, how)
  if (wrong) return wrong
  if (it.isOver) return over
  if (offerOf(it, personId) !== 'accepted')
    return refuse('not-accepted', 'There is nothing to step back from')
  return accept('stepped-back', happened('stepped-back', { personId }))
}

export function finish(it: Task, by: By, personId: number, how: AnswerHow): Step {
  const wrong = spokenFor(by, how)
  if (wrong) return wrong
  const state = offerOf(it, personId)
  if (state === 'done' || state === 'thanked') return refuse('done', 'This was done already. Thank you')
  if (state !== 'accepted') return refuse('not-accepted', 'Say yes first, then say that it is done')
  return accept('done', happened('done', { personId }))
}

/** By another person, in words of their own. */
export function thank(it: Task, by: By, personId: number, words: string): Step {
  if (!by.isTeam) return refuse('not-the-team', 'Somebody of the team says thank you')
  if (by.isThem) return refuse('themselves', 'Somebody else says thank you to you')
  const state = offerOf(it, personId)
  if (state === 'thanked') return refuse('thanked', 'They were thanked already')
  if (state !== 'done') return refuse('not-done', 'They can be thanked when it is done')
  if (words === '') return refuse('no-words', 'Write your thanks in your own words')
  return accept('thanked', happened('thanked', { personId }))
}

/** True when the last thank-you has been said and no place is free: nothing is left to do. */
export const isFinished = (it: Pick<Task, 'offers' | 'places'>): boolean =>
  it.offers.filter(each => each.state === 'thanked').length >= it.places &&
  !it.offers.some(each => each.state === 'accepted' || each.state === 'done')

export function end(it: Task, by: { isTeam: boolean }, reason: string): Decision<'ended'> {
  if (!by.isTeam) return refuse('not-the-team', 'Somebody of the team ends a task')
  if (it.isOver) return over
  if (reason === '') return refuse('no-reason', 'Say why it is not needed any more')
  return accept('ended', happened('ended'))
}

/** They themselves; or the team, who writes down what they said in another way than on this page. */
function spokenFor(by: By, how: AnswerHow): Refusal | undefined {
  if (by.isThem || (by.isTeam && how !== 'web')) return undefined
  return notTheirs
}
