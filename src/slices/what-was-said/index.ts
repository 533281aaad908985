import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { type Question, question } from '#platform/database/questions.ts'
import type {
  Held,
  HomePart,
  Kept,
  Leaving,
  Slice,
  Visit,
  WeekRow,
  WhatLeavingMeans,
} from '#platform/http/route.ts'
import { numberSetting } from '#platform/network-settings.ts'
import { isTeam, theTeam } from '#platform/permission.ts'
import './tables.ts'
import { saidRoutes } from './pages.tsx'
import { saidPaths } from './paths.ts'

export { finishNote, goOnAs, loadNote, writeNote } from './store.ts'

const keepMonths = numberSetting({
  name: 'said-keep-months',
  title: 'Notes of what people said are deleted after',
  hint: 'Counted from the day on which all of it was dealt with.',
  usual: 6,
  least: 1,
  most: 24,
  unit: 'months',
})

function home(visit: Visit): Question<HomePart>[] {
  if (!visit.actor || !isTeam(visit.actor)) return []
  return [
    question(
      sql<{ n: number; first: string | null }>`
        select count(*)::integer as n, min(due_on) as first from said_note where state = 'open'`,
      ([row]): HomePart =>
        row === undefined || row.n === 0
          ? {}
          : {
              needs: [
                {
                  title: 'Go on with what people said',
                  href: saidPaths.list(visit.network.slug),
                  status: String(row.n),
                  due: row.first ? Temporal.PlainDate.from(row.first) : null,
                },
              ],
            },
    ),
  ]
}

const held = (personId: number) =>
  question(
    sql<{ said_on: string; how: string; words: string; became: string[] }>`
      select said_on, how, words, became from said_note where person_id = ${personId} order by id`,
    (rows): Held => ({
      title: 'What you told us by phone, by post or in person',
      rows: rows.map(each => ({
        When: each.said_on,
        How: each.how,
        Words: each.words,
        Became: each.became.join(', '),
      })),
    }),
  )

const leaving: Leaving = {
  says: personId =>
    question(
      sql<{ n: number }>`select count(*)::integer as n from said_note where person_id = ${personId}`,
      ([row]): WhatLeavingMeans =>
        (row?.n ?? 0) > 0 ? { goes: ['Our notes of what you told us by phone, by post or in person'] } : {},
    ),
  async leave({ tx }, personId) {
    await tx.deleteFrom('said_note').where('person_id', '=', personId).execute()
  },
}

const kept: Kept = {
  name: 'said-notes',
  title: 'Notes of what people said, once dealt with',
  source: 'The network’s own: the words stand in what they became.',
  months: keepMonths,
  count: before =>
    question(
      sql<{
        n: number
      }>`select count(*)::integer as n from said_note where state = 'done' and done_at < ${before.toZonedDateTime('Europe/London').toInstant()}`,
      ([row]) => row?.n ?? 0,
    ),
  async end({ tx }, before) {
    const gone = await tx
      .deleteFrom('said_note')
      .where('state', '=', 'done')
      .where('done_at', '<', before.toZonedDateTime('Europe/London').toInstant())
      .executeTakeFirst()
    return Number(gone.numDeletedRows)
  },
}

/** One page for what somebody said by phone or post, turned into what it is. */
export const whatWasSaid: Slice = {
  name: 'what-was-said',
  routes: saidRoutes,
  doors: [
    {
      in: 'team',
      text: 'Write down what somebody said',
      hint: 'By phone, by post or in person: a view, an answer, a vote, an interest',
      path: saidPaths.list,
      who: theTeam,
      order: 5,
      under: 'What people say',
    },
  ],
  personDoors: [
    {
      text: 'Write down what they said',
      hint: 'By phone, by post or in person',
      path: saidPaths.ofPerson,
      who: theTeam,
      order: 5,
    },
  ],
  home,
  late: async (tx, today) => {
    const found = await tx
      .selectFrom('said_note')
      .select(eb => eb.fn.countAll<number>().as('n'))
      .where('state', '=', 'open')
      .where('due_on', '<', today)
      .executeTakeFirstOrThrow()
    return { 'said-note': Number(found.n) }
  },
  week: () => [
    sql<WeekRow>`select 'Go on with what somebody said' as promise, 'said-note:' || n.id as key,
        coalesce(p.name, nullif(n.name, ''), 'Somebody new') as title, '/team/said/' || n.id as path,
        null::integer as person_id, n.due_on
      from said_note n left join person p on p.network_id = n.network_id and p.id = n.person_id
      where n.state = 'open'`,
  ],
  held: personId => [held(personId)],
  leaving,
  kept: [kept],
  settings: [keepMonths],
}
