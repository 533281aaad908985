import { sql } from 'kysely'
import { refuse } from '#kernel/decision.ts'
import { askTogether, type Question, question } from '#platform/database/questions.ts'
import type { Doing } from '#platform/doing.ts'
import {
  type GivenTranslation,
  type Original,
  putTranslation,
  type Translatable,
  translationRoutes,
} from '#slices/translations/index.ts'
import { mayRead, mayTranslate } from './access.ts'
import { over } from './contribution.ts'
import { messageTexts } from './message-texts.ts'
import { telling } from './messages.ts'
import { type AnswerWords, originalOfAnswer, originalsOf } from './own-words/originals.ts'
import { textsOf } from './own-words/words.ts'
import { contributionPaths } from './paths.ts'
import type { LoadedThread } from './store.ts'
import { loadIt } from './thread/load.ts'

const answersOf = ({ id }: LoadedThread): Question<readonly Original[]> =>
  question(
    sql<AnswerWords>`select id, you_said as "youSaid", we_heard as "weHeard", what_happened as "whatHappened", next
      from feedback where contribution_id = ${id} order by id`,
    rows => rows.map(originalOfAnswer),
  )

const ofContributions: Translatable<LoadedThread> = {
  kind: 'contribution',
  path: '/:network/contributions/:reference',
  load: loadIt,
  mayRead,
  mayTranslate,
  originals: async (tx, loaded) => originalsOf(loaded, await textsOf(tx, loaded.id)),
  more: answersOf,
  writers: loaded => loaded.contributorIds,
  isOver: ({ thread }) => over(thread.it),
  hrefOf: (slug, { reference }) => contributionPaths.one(slug, reference),
  answerTranslated: (doing, loaded, { translationId, personId }) => ({
    ...telling(
      doing,
      loaded,
      personId,
      'answer-translated',
      messageTexts['answer-translated'](loaded.reference),
    ),
    key: `contribution-answer-translated:${translationId}:${personId}`,
  }),
}

export const contributionTranslationRoutes = translationRoutes(ofContributions)

/** Beside what whoever raised it says now, or beside the latest answer. */
export async function translateContribution(
  doing: Doing,
  loaded: LoadedThread,
  which: 'words' | 'answer',
  given: GivenTranslation,
) {
  const [answers] = await askTogether(doing.tx, [answersOf(loaded)])
  const [words] = originalsOf(loaded, await textsOf(doing.tx, loaded.id))
  const original = which === 'words' ? words : answers.at(-1)
  if (!original) return refuse('no-words', 'There are no words to translate')
  return await putTranslation(ofContributions, doing, loaded, original, given)
}
