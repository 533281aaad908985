import type { Original } from '#slices/translations/index.ts'
import type { GivenAnswer, LoadedRequest } from './store.ts'

/** What was asked, and why: translated as one. */
export const originalOfQuestion = (it: Pick<LoadedRequest, 'what' | 'why' | 'askerId'>): Original => ({
  part: 'asked',
  words: `${it.what}\n\n${it.why}`,
  ofPersonId: it.askerId,
})

export const originalOfAnswer = (answer: Pick<GivenAnswer, 'id' | 'words'>): Original => ({
  part: `answer-${answer.id}`,
  words: answer.words,
  ofPersonId: null,
})

/** What the asker said of an answer: what is missing in it. */
export const originalOfVerdict = (
  answer: Pick<GivenAnswer, 'id' | 'verdictWords'>,
  askerId: number,
): Original => ({ part: `verdict-${answer.id}`, words: answer.verdictWords ?? '', ofPersonId: askerId })

export const replyOriginal = (id: number, words: string, askerId: number): Original => ({
  part: `reply-${id}`,
  words,
  ofPersonId: askerId,
})

/** The texts of a request that can have a translation, but for replies, which are in its history. */
export const originalsOf = (it: LoadedRequest): Original[] => [
  originalOfQuestion(it),
  ...it.answers.flatMap(each => [originalOfAnswer(each), originalOfVerdict(each, it.askerId)]),
]
