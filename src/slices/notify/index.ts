import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { House } from '#platform/house.ts'
import type { Held, HomePart, Kept, Leaving, Slice, Visit, WhatLeavingMeans } from '#platform/http/route.ts'
import { numberSetting } from '#platform/network-settings.ts'
import { isTeam, theTeam } from '#platform/permission.ts'
import './tables.ts'
import { notifyJobs } from './became.ts'
import { callbackRoutes } from './callbacks.ts'
import { notifyConnection } from './connection.ts'
import { textRoutes } from './pages.tsx'
import { notifyPaths as paths } from './paths.ts'

export { takeInText } from './texts.ts'

/** Texts of nobody we know wait for the team. */
function home(visit: Visit): Question<HomePart>[] {
  if (!visit.actor || !isTeam(visit.actor)) return []
  return [
    question(
      sql<{
        count: number
      }>`select count(*)::int as count from text_in where what = 'apart' having count(*) > 0`,
      rows => ({
        needs: rows.map(({ count }) => ({
          title: 'Text messages from somebody we do not know',
          href: paths.texts(visit.network.slug),
          status: String(count),
        })),
      }),
    ),
  ]
}

const held = (personId: number) =>
  question(
    sql<{ at: string; what: string }>`
      select received_at as at, what from text_in where person_id = ${personId}
      union all select s.since, 'stopped' from text_stop s join person p on p.network_id = s.network_id
        and number_mark(p.phone) = s.mark where p.id = ${personId} order by 1`,
    (rows): Held => ({
      title: 'Text messages that you sent us',
      note: 'What you wrote stands under the messages that you wrote.',
      rows: rows.map(each => ({ When: String(each.at), What: whatWords[each.what] ?? each.what })),
    }),
  )

const whatWords: Record<string, string> = {
  stop: 'You asked for no more text messages',
  start: 'You asked for text messages again',
  reply: 'You answered a text message',
  stopped: 'Text messages are off since',
}

const leaving: Leaving = {
  says: personId =>
    question(
      sql<{ n: number }>`select count(*)::int as n from text_in where person_id = ${personId}`,
      ([row]): WhatLeavingMeans => (row?.n ? { goes: ['That you sent us text messages, and when'] } : {}),
    ),
  async leave({ tx }, personId) {
    // Unless somebody else has the number, too.
    await sql`delete from text_stop s using person p where p.id = ${personId} and s.network_id = p.network_id
      and s.mark = number_mark(p.phone) and not exists (select from person o where o.network_id = p.network_id
        and o.id <> p.id and o.left_on is null and o.phone is not null and number_of(o.phone) = number_of(p.phone))`.execute(
      tx,
    )
    await tx.deleteFrom('text_in').where('person_id', '=', personId).execute()
  },
}

const months = numberSetting({
  name: 'texts-in-months',
  title: 'How long text messages that came in are listed',
  hint: 'Answers of people we know are kept as messages, for longer.',
  usual: 6,
  least: 1,
  most: 24,
  unit: 'months',
})

const midnight = (day: PlainDate) => day.toZonedDateTime('Europe/London').toInstant()

const textsKept: Kept = {
  name: 'texts-in',
  title: 'Text messages that came in',
  source: 'UK GDPR art. 5(1)(e): no longer than needed',
  months,
  count: before =>
    question(
      sql<{ count: number }>`select count(*) as count from text_in where received_at < ${midnight(before)}`,
      ([row]) => Number(row?.count ?? 0),
    ),
  async end(doing, before) {
    const gone = await doing.tx
      .deleteFrom('text_in')
      .where('received_at', '<', midnight(before))
      .executeTakeFirst()
    return Number(gone.numDeletedRows)
  },
}

/** GOV.UK Notify, and what people text back (REACH-4, REACH-5). */
export const notify = (house: House): Slice => ({
  name: 'notify',
  routes: [...callbackRoutes(house), ...textRoutes],
  doors: [
    {
      in: 'team',
      under: 'Calls, letters and messages',
      text: 'Text messages that came in',
      hint: 'Who answered, and who asked for no more',
      path: paths.texts,
      who: theTeam,
      order: 144,
    },
  ],
  connections: [notifyConnection],
  home,
  jobs: notifyJobs,
  held: personId => [held(personId)],
  leaving,
  kept: [textsKept],
  settings: [months],
})
