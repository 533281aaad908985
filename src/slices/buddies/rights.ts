import { type Expression, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { isLate } from '#kernel/calendar/working-days.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type {
  DueWork,
  Held,
  HomePart,
  Kept,
  Leaving,
  Visit,
  WeekRow,
  WhatLeavingMeans,
} from '#platform/http/route.ts'
import { numberSetting } from '#platform/network-settings.ts'
import { notYetGiven } from '#platform/outbox.ts'
import { idsOf, postHolders } from '#platform/who-today.ts'
import { endPair, forgetWords } from './changes.ts'
import { buddyPaths } from './paths.ts'
import { loadPair } from './store.ts'

/** An offer that waits for my answer; a wish that waits for the team’s. */
export function buddiesAtHome({ actor, network }: Visit): Question<HomePart>[] {
  if (!actor) return []
  const me = actor.personId
  return [
    question(
      sql<{ id: number; name: string }>`select b.id, p.name from buddy_pair b
        join person p on p.network_id = b.network_id
          and p.id = case when b.one_person_id = ${me} then b.other_person_id else b.one_person_id end
        where b.state = 'offered' and ((b.one_person_id = ${me} and b.one_accepted_on is null)
          or (b.other_person_id = ${me} and b.other_accepted_on is null)) order by b.id limit 10`,
      rows => ({
        needs: rows.map(each => ({
          title: `Would you like ${each.name} as your buddy?`,
          href: buddyPaths.one(network.slug, each.id),
          status: 'Yes or no',
        })),
      }),
    ),
    question(
      sql<{ due_on: string }>`select due_on from buddy_wish where person_id = ${me} and ended_at is null`,
      rows => ({
        waiting: rows.map(each => ({
          title: 'You would like a buddy',
          href: buddyPaths.mine(network.slug),
          status: 'The team looks for one',
          due: Temporal.PlainDate.from(each.due_on),
        })),
      }),
    ),
  ]
}

export const buddiesInTheWeek = (): Expression<WeekRow>[] => [
  sql<WeekRow>`select 'Find a buddy'::text as promise, 'buddy-wish:' || w.id as key, p.name || ' would like a buddy' as title,
      '/team/buddies' as path, null::integer as person_id, w.due_on
    from buddy_wish w join person p on p.network_id = w.network_id and p.id = w.person_id where w.ended_at is null`,
]

export async function buddiesDue(work: DueWork): Promise<void> {
  const { tx, today, network } = work
  const open = await tx
    .selectFrom('buddy_wish')
    .select(['id', 'due_on'])
    .where('ended_at', 'is', null)
    .where('due_on', '<=', today)
    .limit(500)
    .execute()
  if (open.length === 0) return
  const { coordinators } = await postHolders(tx, today)
  const wanted = open.flatMap(each =>
    idsOf(coordinators).map(personId => ({
      key: `buddy-wish-${isLate(each.due_on, today) ? 'late' : 'due'}:${each.id}:${personId}`,
      personId,
      sentence: `Somebody would like a buddy. An answer was promised by ${dateInWords(each.due_on)}.`,
      path: buddyPaths.team(network.slug),
    })),
  )
  for (const each of await notYetGiven(tx, wanted)) await work.remind(each)
}

export async function lateBuddies(tx: Tx, today: PlainDate): Promise<Record<string, number>> {
  const { count } = await tx
    .selectFrom('buddy_wish')
    .select(sql<number>`count(*)`.as('count'))
    .where('ended_at', 'is', null)
    .where('due_on', '<', today)
    .executeTakeFirstOrThrow()
  return { 'buddy-wishes': Number(count) }
}

export const buddiesHeld = (personId: number): Question<Held>[] => [
  question(
    sql<{ words: string; at: string; how: string }>`
      select words, at, how from buddy_wish where person_id = ${personId} order by id`,
    rows => ({
      title: 'When you asked for a buddy',
      rows: rows.map(each => ({ When: each.at, 'Your words': each.words, How: each.how })),
    }),
  ),
  question(
    sql<{
      state: string
      offered_on: string
      since_on: string | null
      ended_on: string | null
      shows: boolean
    }>`
      select state, offered_on, since_on, ended_on,
        case when one_person_id = ${personId} then one_shows_phone else other_shows_phone end as shows
      from buddy_pair where one_person_id = ${personId} or other_person_id = ${personId} order by id`,
    rows => ({
      title: 'Your buddies',
      note: 'The names of your buddies are left out here: they are other people’s.',
      rows: rows.map(each => ({
        'Offered on': each.offered_on,
        'Where it is': each.state,
        Since: each.since_on,
        Until: each.ended_on,
        'They may have your phone number': each.shows,
      })),
    }),
  ),
]

export const buddiesLeaving: Leaving = {
  says: personId =>
    question(
      sql<{ pairs: number; wishes: number }>`select
        (select count(*)::integer from buddy_pair b where b.one_person_id = ${personId} or b.other_person_id = ${personId}) as pairs,
        (select count(*)::integer from buddy_wish w where w.person_id = ${personId}) as wishes`,
      ([row]): WhatLeavingMeans => ({
        goes: [
          ...(row && row.pairs > 0
            ? ['That you have or had a buddy; your buddy hears that it has ended']
            : []),
          ...(row && row.wishes > 0 ? ['That you asked for a buddy'] : []),
        ],
      }),
    ),
  async leave(doing, personId) {
    const pairs = await doing.tx
      .selectFrom('buddy_pair')
      .select('id')
      .where(eb => eb.or([eb('one_person_id', '=', personId), eb('other_person_id', '=', personId)]))
      .execute()
    for (const { id } of pairs) {
      const pair = await loadPair(doing.tx, id, { forChange: true })
      if (!pair) continue
      if (pair.it.state === 'together') await endPair(doing, pair)
      else await forgetWords(doing, pair)
      await doing.tx.deleteFrom('buddy_pair').where('id', '=', id).execute()
    }
    await doing.tx.deleteFrom('buddy_wish').where('person_id', '=', personId).execute()
  },
}

const months = numberSetting({
  name: 'buddies-months',
  title: 'How long it is kept that two were buddies',
  hint: 'Counted from the day on which it ended.',
  usual: 12,
  least: 1,
  most: 120,
  unit: 'months',
})

export const buddiesKept: Kept = {
  name: 'buddies',
  title: 'Buddies whose time is over',
  source: 'The product’s own choice',
  months,
  count: before =>
    question(
      sql<{ count: number }>`select ((select count(*) from buddy_pair where ended_on < ${before})
        + (select count(*) from buddy_wish where ended_at < ${start(before)}))::integer as count`,
      ([row]) => row?.count ?? 0,
    ),
  async end({ tx }, before) {
    const pairs = await tx.deleteFrom('buddy_pair').where('ended_on', '<', before).executeTakeFirst()
    const wishes = await tx.deleteFrom('buddy_wish').where('ended_at', '<', start(before)).executeTakeFirst()
    return Number(pairs.numDeletedRows) + Number(wishes.numDeletedRows)
  },
}

const start = (day: PlainDate) => day.toZonedDateTime('Europe/London').toInstant()
