import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { isLate } from '#kernel/calendar/working-days.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type { DueWork, Held, HomePart, Kept, Leaving, Visit, WeekRow } from '#platform/http/route.ts'
import { numberSetting } from '#platform/network-settings.ts'
import { isTeam } from '#platform/permission.ts'
import { idsOf, postHolders } from '#platform/who-today.ts'
import { myDataPaths as paths } from '../paths.ts'
import type { WishKind } from '../tables.ts'
import { kindWords } from './words.ts'

const open = (tx: Tx) =>
  tx
    .selectFrom('data_wish as w')
    .leftJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'w.network_id').onRef('p.id', '=', 'w.person_id'),
    )
    .select(['w.id', 'w.number', 'w.kind', 'w.due_on', 'w.last_day', 'w.name', 'p.name as personName'])
    .where('w.state', '=', 'open')
    .orderBy('w.due_on')
    .limit(200)

/** A day before our promise the co-ordinators hear, after it the managers, and three days before the law's end the director. */
export async function wishesDue(work: DueWork): Promise<void> {
  const rows = await open(work.tx)
    .where('w.due_on', '<=', work.today.add({ days: 1 }))
    .execute()
  if (rows.length === 0) return
  const { coordinators, managers, directors } = await postHolders(work.tx, work.today)
  const first = (...lists: (typeof managers)[]) => idsOf(lists.find(each => each.length > 0) ?? [])
  for (const row of rows) {
    const late = isLate(row.due_on, work.today)
    const nearLaw = Temporal.PlainDate.compare(work.today.add({ days: 3 }), row.last_day) >= 0
    const tell = async (what: string, people: readonly number[], sentence: string) => {
      for (const personId of people)
        await work.remind({
          key: `data-wish-${what}:${row.id}:${row.due_on}:${personId}`,
          personId,
          sentence,
          path: paths.teamWish(work.network.slug, row.number),
        })
    }
    if (late)
      await tell('late', first(managers, directors, coordinators), `Wish ${row.number} about data is late.`)
    else
      await tell(
        'soon',
        first(coordinators, managers, directors),
        `Answer wish ${row.number} about data by ${dateInWords(row.due_on)}.`,
      )
    if (nearLaw)
      await tell(
        'law',
        first(directors, managers),
        `By law wish ${row.number} about data is to be answered by ${dateInWords(row.last_day)}.`,
      )
  }
}

export function wishesAtHome(visit: Visit): Question<HomePart>[] {
  const { actor, tx, network } = visit
  if (!actor) return []
  const mine = question(
    tx
      .selectFrom('data_wish')
      .select(['number', 'kind', 'state', 'due_on'])
      .where('person_id', '=', actor.personId)
      .where('state', 'in', ['open', 'paused']),
    (rows): HomePart => {
      const line = (row: (typeof rows)[number], status: string) => ({
        title: `Your wish ${row.number}: ${kindWords[row.kind as WishKind].asked}`,
        href: paths.wish(network.slug, row.number),
        status,
        due: Temporal.PlainDate.from(row.due_on),
      })
      return {
        waiting: rows.filter(each => each.state === 'open').map(each => line(each, 'We work on it')),
        needs: rows
          .filter(each => each.state === 'paused')
          .map(each => ({ ...line(each, 'We need something from you'), due: null })),
      }
    },
  )
  if (!isTeam(actor)) return [mine]
  return [
    mine,
    question(
      open(tx),
      (rows): HomePart => ({
        needs: rows.map(row => ({
          title: `Wish ${row.number} about data, from ${row.personName ?? row.name}`,
          href: paths.teamWish(network.slug, row.number),
          status: 'Waits for an answer',
          due: Temporal.PlainDate.from(row.due_on),
        })),
      }),
    ),
  ]
}

export async function lateWishes(tx: Tx, today: PlainDate): Promise<Record<string, number>> {
  const rows = await open(tx).execute()
  return { 'data-wish': rows.filter(row => isLate(row.due_on, today)).length }
}

export const wishesWeek = (visit: Visit) =>
  visit.actor && isTeam(visit.actor)
    ? [
        sql<WeekRow>`select 'Answer a wish about data'::text as promise, ('data-wish:' || w.id || ':answer')::text as key,
          ('Wish ' || w.number || ', from ' || coalesce(p.name, w.name))::text as title,
          ('/team/data-wishes/' || w.number)::text as path, null::int as person_id, w.due_on as due_on
          from data_wish w left join person p on p.network_id = w.network_id and p.id = w.person_id
          where w.state = 'open'`,
      ]
    : []

export const wishesHeld = (personId: number): Question<Held>[] => [
  question(
    sql<
      Record<string, string | number | null>
    >`select number as "Number", received_at::date as "Day", kind as "What you asked",
      words as "Your words", state as "Where it is", answer as "Our answer" from data_wish
      where person_id = ${personId} order by id`,
    (rows): Held => ({ title: 'What you asked us about your data', rows }),
  ),
]

/** A wish that is open is answered while there is somewhere to answer to; it is proof for 3 years that we did. */
export const wishesLeaving: Leaving = {
  says: personId =>
    question(
      sql<{ all: number }>`select count(*)::int as "all" from data_wish where person_id = ${personId}`,
      ([facts]) => ({
        stays:
          facts && facts.all > 0
            ? ['What was asked about the own data, and our answers: for 3 years, as proof']
            : [],
      }),
    ),
  async leave({ tx, now }, personId) {
    await tx
      .updateTable('data_wish')
      .set({ state: 'taken-back', answered_at: now })
      .where('person_id', '=', personId)
      .where('state', 'in', ['open', 'paused'])
      .execute()
  },
}

export const wishesKept: Kept = {
  name: 'data-wishes',
  title: 'Wishes about data, after the answer',
  source: 'Records Management Code of Practice: subject access requests',
  months: numberSetting({
    name: 'keep-data-wishes',
    title: 'Keep wishes about data',
    usual: 36,
    least: 12,
    most: 120,
    unit: 'months',
  }),
  count: before =>
    question(
      sql<{ n: number }>`select count(*)::int as n from data_wish where answered_at < ${before}::date`,
      ([row]) => row?.n ?? 0,
    ),
  list: before =>
    question(
      sql<{
        line: string
      }>`select 'Wish ' || number as line from data_wish where answered_at < ${before}::date
        order by number limit 50`,
      rows => rows.map(each => each.line),
    ),
  async end({ tx }, before) {
    const gone = await sql`delete from data_wish where answered_at < ${before}::date`.execute(tx)
    return Number(gone.numAffectedRows ?? 0)
  },
}
