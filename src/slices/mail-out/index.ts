import { type Expression, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { type Question, question } from '#platform/database/questions.ts'
import type { Instant } from '#platform/database/tables.ts'
import { troubledWays } from '#platform/delivery/troubled.ts'
import type { Held, HomePart, Slice, Visit, WeekRow } from '#platform/http/route.ts'
import { aPerson, isTeam, theTeam } from '#platform/permission.ts'
import { mailOutConnection } from './connection.ts'
import { mailOutRoutes } from './pages.tsx'
import { mailOutPaths as paths } from './paths.ts'

/** For the team how many addresses do not work; for each person whether their own does. */
function home(visit: Visit): Question<HomePart>[] {
  if (!visit.actor) return []
  const { slug } = visit.network
  const mine = sql<{ words: string }>`
    select t.words from address_trouble t join person p on p.network_id = t.network_id and p.id = t.person_id
    where p.id = ${visit.actor.personId} and t.channel = any(${troubledWays}) limit 1`
  const ofAll = sql<{ count: number; due: string }>`
    select count(*)::int as count, min(t.due_on)::text as due
    from address_trouble t join person p on p.network_id = t.network_id and p.id = t.person_id
    where p.left_on is null and t.channel = any(${troubledWays}) having count(*) > 0`
  return [
    question(mine, rows => ({
      needs: rows.map(({ words }) => ({
        title: 'Our messages do not reach you',
        href: paths.mine(slug),
        status: 'Put it right',
        hint: words,
      })),
    })),
    ...(isTeam(visit.actor)
      ? [
          question(ofAll, rows => ({
            needs: rows.map(({ count, due }) => ({
              title: 'Addresses that do not work',
              href: paths.list(slug),
              status: String(count),
              due: Temporal.PlainDate.from(due),
            })),
          })),
        ]
      : []),
  ]
}

const week = (visit: Visit): readonly Expression<WeekRow>[] =>
  theTeam.holds(visit.actor, undefined)
    ? [
        sql<WeekRow>`select 'Ask for an address that works' as promise,
          'address:' || t.person_id || ':' || t.channel as key, 'E-mail to ' || p.name as title,
          '/team/came-back/' || t.person_id as path, null::integer as person_id, t.due_on
          from address_trouble t join person p on p.network_id = t.network_id and p.id = t.person_id
          where p.left_on is null and t.channel = any(${troubledWays})`,
      ]
    : []

const held = (personId: number) =>
  question(
    sql<{ channel: string; since: Instant; words: string }>`
      select channel, since, words from address_trouble where person_id = ${personId}`,
    (rows): Held => ({
      title: 'Addresses of yours that did not take our messages',
      note: 'The address itself stands under how we reach you. Here we keep a mark of it.',
      rows: rows.map(each => ({
        What: each.channel === 'email' ? 'E-mail' : 'Text message',
        Since: String(each.since),
        Why: each.words,
      })),
    }),
  )

/** E-mail that goes out: what came back, and whether it works at all (REACH-1). */
export const mailOut: Slice = {
  name: 'mail-out',
  routes: mailOutRoutes,
  doors: [
    {
      in: 'team',
      under: 'Calls, letters and messages',
      text: 'Addresses that do not work',
      hint: 'People whose e-mail came back to us',
      path: paths.list,
      who: theTeam,
      order: 142,
    },
    {
      in: 'account',
      text: 'When our messages do not reach you',
      hint: 'What came back to us, and how to put it right',
      path: paths.mine,
      who: aPerson,
      order: 12,
    },
  ],
  connections: [mailOutConnection],
  home,
  week,
  held: personId => [held(personId)],
  leaving: {
    says: () => question(sql`select 1 where false`, () => ({})),
    leave: async ({ tx }, personId) => {
      await tx.deleteFrom('address_trouble').where('person_id', '=', personId).execute()
    },
  },
}
