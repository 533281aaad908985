import { sql } from 'kysely'
import { question } from '#platform/database/questions.ts'
import type { Slice } from '#platform/http/route.ts'
import { numberSetting } from '#platform/network-settings.ts'
import { theTeam } from '#platform/permission.ts'
import { firstStepsAtHome, firstStepsRoute } from './first-steps.tsx'
import { helpRoute } from './page.tsx'
import { helpPaths } from './paths.ts'
import { problemRoutes, problemsOfWeek } from './problems.tsx'
import './tables.ts'

const keptMonths = numberSetting({
  name: 'page-problems-kept',
  title: 'How long we keep what people told us about pages, after the answer',
  usual: 12,
  least: 1,
  most: 120,
  unit: 'months',
})

/** Help for each page, for whoever is new, and a way to say what is wrong with a page (REACH-19). */
export const help: Slice = {
  name: 'help',
  routes: [helpRoute, ...problemRoutes, firstStepsRoute],
  doors: [
    {
      in: 'team',
      under: 'How well we do',
      text: 'What is wrong with pages',
      hint: 'What people told us is hard to use',
      path: helpPaths.problems,
      who: theTeam,
      order: 185,
    },
  ],
  home: firstStepsAtHome,
  week: visit => (theTeam.holds(visit.actor, undefined) ? [problemsOfWeek()] : []),
  held: personId => [
    question(
      sql<{ words: string; on: string; answer: string | null }>`
        select words, at::date::text as on, answer from page_problem where person_id = ${personId} order by id`,
      rows => ({
        title: 'What you told us about pages',
        rows: rows.map(each => ({ 'What you wrote': each.words, When: each.on, 'Our answer': each.answer })),
      }),
    ),
  ],
  leaving: {
    says: personId =>
      question(
        sql<{
          many: number
        }>`select count(*)::integer as many from page_problem where person_id = ${personId}`,
        ([row]) => (row?.many ? { goes: ['That it was you who told us what is wrong with a page'] } : {}),
      ),
    leave: async (doing, personId) => {
      await doing.tx
        .updateTable('page_problem')
        .set({ person_id: null })
        .where('person_id', '=', personId)
        .execute()
      await doing.tx.deleteFrom('first_steps').where('person_id', '=', personId).execute()
    },
  },
  kept: [
    {
      name: 'page-problems',
      title: 'What people told us about pages',
      source: 'The network’s own choice',
      months: keptMonths,
      count: before =>
        question(
          sql<{
            many: number
          }>`select count(*)::integer as many from page_problem where done_at < ${before.toString()}::date`,
          ([row]) => row?.many ?? 0,
        ),
      end: async (doing, before) => {
        const gone = await doing.tx
          .deleteFrom('page_problem')
          .where(sql<boolean>`done_at < ${before.toString()}::date`)
          .executeTakeFirst()
        return Number(gone.numDeletedRows)
      },
    },
  ],
  settings: [keptMonths],
}
