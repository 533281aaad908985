import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import { type Original, type Translatable, translationRoutes } from '#slices/translations/index.ts'
import { mayRead, mayTranslate } from './access.ts'
import { isOver } from './chair-request.ts'
import { answerTranslatedTelling } from './messages.ts'
import { originalsOf, replyOriginal } from './originals.ts'
import { requestPaths } from './paths.ts'
import { type LoadedRequest, loadRequest } from './store.ts'

/** What the asker replied to a question back; it is kept in the history. */
const repliesOf = ({ id, askerId }: LoadedRequest): Question<readonly Original[]> =>
  question(
    sql<{ id: number; words: string }>`select id, details ->> 'words' as words from history
      where thing_kind = 'chair-request' and thing_id = ${id} and event = 'replied' order by id`,
    rows => rows.map(each => replyOriginal(each.id, each.words, askerId)),
  )

export const requestTranslationRoutes = translationRoutes<LoadedRequest>({
  kind: 'chair-request',
  path: '/:network/requests/:reference',
  load: (visit, how) => loadRequest(visit, visit.params.reference, how),
  mayRead,
  mayTranslate,
  originals: async (_, loaded) => originalsOf(loaded),
  more: repliesOf,
  writers: loaded => [loaded.askerId],
  isOver: ({ it }) => isOver(it),
  hrefOf: (slug, { reference }) => requestPaths.one(slug, reference),
  answerTranslated: (doing, loaded, { translationId }) =>
    answerTranslatedTelling(doing, loaded, translationId),
} satisfies Translatable<LoadedRequest>)
