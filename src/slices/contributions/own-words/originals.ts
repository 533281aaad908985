import type { Original } from '#slices/translations/index.ts'
import type { LoadedThread } from '../store.ts'
import { latestOf, type OwnText, wordsFor } from './words.ts'

/** What each of those who raised it says now, and what they said on the way, as everybody reads it. */
export function originalsOf(loaded: LoadedThread, texts: readonly OwnText[]): Original[] {
  const original = (part: string, text: OwnText | undefined): Original[] =>
    text && !text.withdrawn
      ? [{ part, words: wordsFor(undefined, text).words, ofPersonId: text.personId }]
      : []
  return [
    ...loaded.contributors.flatMap(({ personId }) => original(saidBy(personId), latestOf(texts, personId))),
    ...texts.flatMap(each =>
      each.kind === 'answer' && each.personId !== null ? original(replyOf(each), each) : [],
    ),
  ]
}

const saidBy = (personId: number) => `said-${personId}`
const replyOf = (text: Pick<OwnText, 'id'>) => `answer-${text.id}`

/** The text of a thread that a translation names; a correction is what its person says now. */
export const partOf = (text: Pick<OwnText, 'kind' | 'id' | 'personId'>): string | undefined => {
  if (text.kind === 'view' || text.personId === null) return undefined
  return text.kind === 'answer' ? replyOf(text) : saidBy(text.personId)
}

export interface AnswerWords {
  readonly id: number
  readonly youSaid: string
  readonly weHeard: string
  readonly whatHappened: string
  readonly next: string
}

/** An answer is translated as a whole. */
export const originalOfAnswer = (it: AnswerWords): Original => ({
  part: `feedback-${it.id}`,
  words: [it.youSaid, it.weHeard, it.whatHappened, it.next].join('\n\n'),
  ofPersonId: null,
})
