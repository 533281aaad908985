import { type Actor, isMemberOf, isTeam } from '#platform/permission.ts'
import { isContributor, mayDoForTheGroup, mayGiveTheAnswer, mayTranslate } from '../access.ts'
import { mayGiveFeedback, over } from '../contribution.ts'
import { wordsCanDo } from '../own-words/can-do.ts'
import type { LoadedThread } from '../store.ts'
import type { PublicTextAsked } from './view.ts'

export interface CanDo {
  /** The last part of its address. */
  readonly step: string
  readonly text: string
  /** Possible, but nobody's next step. */
  readonly aside?: true
}

/** What this person can do now, the most wanted first. Each leads to a page with one form. */
export function whatCanBeDone(
  actor: Actor,
  loaded: LoadedThread,
  publicText: PublicTextAsked | null,
): readonly CanDo[] {
  const { it, contributors } = loaded.thread
  const mine = contributors.find(each => each.personId === actor.personId)
  const team = isTeam(actor)
  const forTheGroup = mayDoForTheGroup.holds(actor, loaded)
  const answers = mayGiveTheAnswer.holds(actor, loaded)
  const list: CanDo[] = []
  const answerable = it.state === 'fed-back' || it.state === 'ended-unanswered'
  const waits = it.state === 'received' || it.state === 'to-be-considered' || it.state === 'reopened'
  if (isContributor(actor, loaded) && it.state === 'needs-you') {
    list.push({ step: 'answer', text: 'Answer what we asked' })
  }
  if (team && it.state === 'needs-you') {
    list.push({ step: 'answer-by-phone', text: 'Write down what they answered' })
  }
  if (mine && answerable && mine.verdict !== 'yes') {
    list.push({ step: 'verdict', text: 'Say whether this closes it for you' })
  }
  list.push(...publishingCanDo(actor, loaded, publicText))
  if (team && it.state === 'received') {
    list.push({ step: 'acknowledge', text: 'Say where it will be considered' })
  }
  if (forTheGroup && (it.state === 'to-be-considered' || it.state === 'reopened')) {
    list.push({ step: 'consider', text: 'Write down what was decided' })
  }
  if (answers && it.state === 'passed-on' && it.answer === null) {
    list.push({ step: 'body-answered', text: `Write down what ${it.to} said` })
    list.push({ step: 'body-chased', text: `Write down that you asked ${it.to} again` })
  }
  if (answers && mayGiveFeedback(it)) {
    list.push({
      step: 'feedback',
      text: it.state === 'reopened' ? 'Give a better answer' : 'Give the answer',
    })
  }
  if (forTheGroup && (it.state === 'agreed' || it.state === 'partly-agreed')) {
    list.push({ step: 'action', text: 'Add an action' })
  }
  if (team && (it.state === 'to-be-considered' || it.state === 'reopened')) {
    list.push({ step: 'acknowledge', text: 'Change where it will be considered' })
  }
  if (forTheGroup && waits) {
    list.push({ step: 'ask', text: 'Ask the person who raised it for something' })
  }
  if (isMemberOf(actor, loaded.groupId) && it.state !== 'closed' && it.state !== 'withdrawn') {
    list.push({ step: 'view', text: 'Add your view' })
  }
  if (team && answerable && contributors.some(each => each.verdict !== 'yes')) {
    list.push({ step: 'verdict-by-phone', text: 'Write down what they said about the answer' })
  }
  if (team && it.state !== 'withdrawn' && it.state !== 'closed') {
    list.push({ step: 'signpost', text: 'Tell them who can help with care or safety' })
  }
  if (canTranslate(actor, loaded)) list.push({ step: 'translate', text: 'Add a translation', aside: true })
  list.push(...wordsCanDo(actor, loaded).map(each => ({ ...each, aside: true }) as const))
  return list
}

/** Their own words, or an answer that there is. */
function canTranslate(actor: Actor, loaded: LoadedThread): boolean {
  const { it } = loaded.thread
  if (over(it)) return false
  const answered = it.state === 'fed-back' || it.state === 'ended-unanswered' || it.state === 'reopened'
  return (
    (answered && mayTranslate(actor, loaded, { ofPersonId: null })) ||
    loaded.contributorIds.some(ofPersonId => mayTranslate(actor, loaded, { ofPersonId }))
  )
}

/** Their next step on the way to "You said, we did": agreeing to a text, or writing and publishing it. */
function publishingCanDo(
  actor: Actor,
  loaded: LoadedThread,
  asked: PublicTextAsked | null,
): readonly CanDo[] {
  const { it, published } = loaded.thread
  if (it.state === 'withdrawn') return []
  const list: CanDo[] = []
  if (isContributor(actor, loaded)) {
    const answered = asked?.answeredBy.includes(actor.personId)
    if (asked) {
      const text = answered ? 'Change what you said about publishing it' : 'Say whether we may publish this'
      list.push({ step: 'publication', text })
    } else if (published) list.push({ step: 'publication', text: 'See what is published, or take it back' })
  }
  if (mayDoForTheGroup.holds(actor, loaded)) {
    const over = it.state === 'closed' || it.state === 'ended-unanswered' || it.state === 'fed-back'
    if (asked) {
      const text = asked.everyoneAgreed
        ? 'Publish it: everyone agreed to the text'
        : 'See who agreed to the public text'
      list.push({ step: 'publish', text })
    } else if (published) list.push({ step: 'publish', text: 'Change or take down what is published' })
    else if (over) list.push({ step: 'publish', text: 'Write the text for “You said, we did”' })
  }
  return list
}
