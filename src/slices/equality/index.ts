import { sql } from 'kysely'
import { question } from '#platform/database/questions.ts'
import type { Slice } from '#platform/http/route.ts'
import { anInsider, aPerson, theTeam } from '#platform/permission.ts'
import './tables.ts'
import { answeringRoutes } from './answering.tsx'
import { forgetOnce } from './count.ts'
import { figureRoutes } from './figures.tsx'
import { equalityPaths } from './paths.ts'
import { readingRoutes } from './reading.tsx'

export { loadFigures, readFigures } from './census.ts'
export { countAnswers } from './count.ts'
export { questions } from './questions.ts'
export { equalityPaths }

/** Equality monitoring, stored with no key to a person. */
export const equality: Slice = {
  name: 'equality',
  routes: [...answeringRoutes, ...readingRoutes, ...figureRoutes],
  doors: [
    {
      in: 'home',
      text: 'Who are we hearing from?',
      hint: 'A few questions that help us to see who is missing. Nobody has to answer.',
      path: equalityPaths.answer,
      who: aPerson,
      order: 900,
    },
    {
      in: 'home',
      text: 'Who are we not hearing from?',
      hint: 'Sums of answers, beside figures of the area.',
      path: equalityPaths.who,
      who: anInsider,
      order: 910,
    },
    {
      in: 'team',
      under: 'How well we do',
      text: 'Who are we not hearing from?',
      hint: 'Answers to the equality questions, and figures of the area',
      path: equalityPaths.who,
      who: theTeam,
      order: 60,
    },
  ],
  due: work => forgetOnce(work.tx, work.today),
  held: () => [
    question(sql`select 1 where false`, () => ({
      title: 'Equality questions',
      note: 'If you answered them, your answers are part of sums. There is no name, time or number with them, so we cannot find yours.',
      rows: [],
    })),
  ],
}
