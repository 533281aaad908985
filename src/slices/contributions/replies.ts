import { Temporal } from 'temporal-polyfill'
import { refuse } from '#kernel/decision.ts'
import type { Doing } from '#platform/doing.ts'
import type { AnsweredMessage, ReplyKind } from '#platform/mail/replies.ts'
import { giveVerdict } from './changes/answering.ts'
import { answer } from './changes/routing.ts'
import { type LoadedThread, loadThread } from './store.ts'

async function loaded({ tx }: Doing, { about }: AnsweredMessage): Promise<LoadedThread | undefined> {
  if (!/^\d{1,9}$/.test(about.id)) return undefined
  const found = await tx
    .selectFrom('contribution')
    .select('number')
    .where('id', '=', Number(about.id))
    .executeTakeFirst()
  return found && (await loadThread(tx, found.number, { forChange: true }))
}

async function newerAnswer({ tx }: Doing, { id }: LoadedThread, message: AnsweredMessage): Promise<boolean> {
  const last = await tx
    .selectFrom('feedback')
    .select('at')
    .where('contribution_id', '=', id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last !== undefined && Temporal.Instant.compare(last.at, message.at) > 0
}

/** What a contributor says of an answer, and what they answer when something is asked of them. Nobody else can. */
export const contributionReplies: ReplyKind = {
  about: 'contribution',
  async read(doing, message, said) {
    const thread = await loaded(doing, message)
    if (!thread?.contributorIds.includes(message.personId)) return undefined
    const { it, contributors } = thread.thread
    if (message.kind === 'asked' && it.state === 'needs-you') {
      if (said.words === '') return refuse('no-words', 'There were no words in it')
      return {
        accepted: true,
        intent: { answer: 'words', words: said.words },
        sentence: `This is your answer to what we asked you about ${thread.reference}.`,
      }
    }
    const isAboutTheAnswer = message.kind === 'fed-back' || message.kind === 'ended-unanswered'
    if (!isAboutTheAnswer || (said.answer !== 'yes' && said.answer !== 'no')) return undefined
    if (it.state !== 'fed-back' && it.state !== 'ended-unanswered')
      return refuse('not-now', `Nothing is asked about ${thread.reference} now`)
    if (contributors.some(each => each.personId === message.personId && each.verdict === 'yes'))
      return refuse('said-already', `You said before that ${thread.reference} is closed for you. Thank you`)
    if (await newerAnswer(doing, thread, message))
      return refuse('newer', `There is a newer answer to ${thread.reference}. Please reply to that one`)
    return {
      accepted: true,
      intent: { answer: said.answer, words: said.words },
      sentence:
        said.answer === 'yes'
          ? `Yes, our answer closes ${thread.reference} for you.`
          : `No, our answer does not close ${thread.reference}. We look at it again.`,
    }
  },
  async carryOut(doing, message, { answer: given, words }) {
    const thread = await loaded(doing, message)
    if (!thread) return refuse('not-there', 'This is not here any more')
    if (given === 'yes' || given === 'no') {
      if (await newerAnswer(doing, thread, message))
        return refuse('newer', `There is a newer answer to ${thread.reference}. Please reply to that one`)
      return await giveVerdict(doing, thread, {
        personId: message.personId,
        answer: given,
        words,
        how: 'email',
      })
    }
    if (!thread.contributorIds.includes(message.personId))
      return refuse('not-theirs', 'Only those who raised it can answer')
    return await answer(doing, thread, words)
  },
}
