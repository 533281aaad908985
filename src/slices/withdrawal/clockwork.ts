import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { isLate } from '#kernel/calendar/working-days.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type { DueWork, HomePart, Slice, Visit, WeekRow } from '#platform/http/route.ts'
import { isTeam } from '#platform/permission.ts'
import { idsOf, postHolders } from '#platform/who-today.ts'
import { forgetLastAddresses, leaveNow, rest } from './changes.ts'
import { withdrawalPaths as paths } from './paths.ts'

/** On its day somebody leaves; thank-yous are reminded of; addresses that have done their work go. */
export async function withdrawalDue(work: DueWork, slices: readonly Slice[]): Promise<void> {
  const rows = await work.tx
    .selectFrom('leaving')
    .selectAll()
    .where('state', '=', 'planned')
    .where('on_day', '<=', work.today)
    .orderBy('id')
    .forUpdate()
    .execute()
  for (const row of rows) await leaveNow(work, slices, row)
  await endRests(work)
  await remindOfThanks(work)
  await forgetLastAddresses(work)
}

const unthanked = (tx: Tx) =>
  tx
    .selectFrom('leaving as l')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'l.network_id').onRef('p.id', '=', 'l.person_id'),
    )
    .select(['l.id', 'p.name', 'l.thanks_due_on'])
    .where('l.thanks_due_on', 'is not', null)
    .where('l.thanked_at', 'is', null)
    .where('l.state', '<>', 'called-off')
    .orderBy('l.thanks_due_on')
    .limit(100)

async function remindOfThanks(work: DueWork): Promise<void> {
  const soon = work.today.add({ days: 1 })
  const rows = (await unthanked(work.tx).execute()).filter(
    each => Temporal.PlainDate.compare(each.thanks_due_on!, soon) <= 0,
  )
  if (rows.length === 0) return
  const { coordinators, managers, directors } = await postHolders(work.tx, work.today)
  for (const each of rows) {
    const late = isLate(each.thanks_due_on, work.today)
    const lists = late ? [managers, directors, coordinators] : [coordinators, managers, directors]
    for (const personId of idsOf(lists.find(list => list.length > 0) ?? [])) {
      await work.remind({
        key: `thank-you-${late ? 'late' : 'soon'}:${each.id}:${personId}`,
        personId,
        sentence: late
          ? `Nobody has thanked ${theirs(each.name)} yet, who left us.`
          : `Thank ${theirs(each.name)}, who leaves us.`,
        path: paths.one(work.network.slug, each.id),
      })
    }
  }
}

/** The rest is over after its last day: their own clocks go on from where they stood. */
async function endRests(work: DueWork): Promise<void> {
  const back = await work.tx
    .selectFrom('person')
    .select('id')
    .where('paused_from', 'is not', null)
    .where('paused_until', '<', work.today)
    .execute()
  for (const { id } of back) await rest(work, id, null)
}

export function withdrawalAtHome(visit: Visit): Question<HomePart>[] {
  const { actor, tx, network } = visit
  if (!actor) return []
  const mine = question(
    tx
      .selectFrom('leaving')
      .select('on_day')
      .where('person_id', '=', actor.personId)
      .where('state', '=', 'planned'),
    (rows): HomePart => ({
      coming: rows.map(row => ({
        title: 'You leave the network',
        href: paths.leave(network.slug),
        status: 'You can stay after all',
        due: Temporal.PlainDate.from(row.on_day),
      })),
    }),
  )
  const resting = question(
    sql<{ until: string | null }>`select p.paused_until as until from person p where p.id = ${actor.personId}
      and p.paused_from <= ${visit.today} and (p.paused_until is null or p.paused_until >= ${visit.today})`,
    (rows): HomePart => ({
      coming: rows.map(row => ({
        title: 'You take a rest',
        href: paths.rest(network.slug),
        status: 'Nothing is asked of you',
        due: row.until === null ? null : Temporal.PlainDate.from(row.until),
      })),
    }),
  )
  if (!isTeam(actor)) return [mine, resting]
  return [
    mine,
    resting,
    // Written down by one of the team: the others see it while it can still be put right (PEOPLE-17).
    question(
      tx
        .selectFrom('leaving as l')
        .innerJoin('person as p', join =>
          join.onRef('p.network_id', '=', 'l.network_id').onRef('p.id', '=', 'l.person_id'),
        )
        .select(['l.id', 'p.name', 'l.on_day'])
        .where('l.state', '=', 'planned')
        .where('l.recorded_by_person_id', 'is not', null)
        .where('l.recorded_by_person_id', '<>', actor.personId)
        .orderBy('l.on_day')
        .limit(20),
      (rows): HomePart => ({
        coming: rows.map(row => ({
          title: `${row.name} leaves`,
          href: paths.one(network.slug, row.id),
          status: 'Written down by one of the team',
          due: Temporal.PlainDate.from(row.on_day),
        })),
      }),
    ),
    question(
      unthanked(tx),
      (rows): HomePart => ({
        needs: rows.map(row => ({
          title: `Thank ${row.name}`,
          href: paths.one(network.slug, row.id),
          status: 'They leave us',
          due: Temporal.PlainDate.from(row.thanks_due_on!),
        })),
      }),
    ),
  ]
}

export async function lateThanks(tx: Tx, today: PlainDate): Promise<Record<string, number>> {
  const rows = await unthanked(tx).execute()
  return { 'thank-you': rows.filter(row => isLate(row.thanks_due_on, today)).length }
}

export const withdrawalWeek = (visit: Visit) =>
  visit.actor && isTeam(visit.actor)
    ? [
        sql<WeekRow>`select 'Thank somebody who leaves'::text as promise, ('leaving:' || l.id || ':thank')::text as key,
          ('Thank ' || p.name)::text as title, ('/team/leaving/' || l.id)::text as path, null::int as person_id,
          l.thanks_due_on as due_on
          from leaving l join person p on p.network_id = l.network_id and p.id = l.person_id
          where l.thanks_due_on is not null and l.thanked_at is null and l.state <> 'called-off'`,
      ]
    : []
