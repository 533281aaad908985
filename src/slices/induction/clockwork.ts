import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import { addWorkingDays } from '#kernel/calendar/working-days.ts'
import { clockOn } from '#kernel/clocks.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Instant, PlainDate, Tx } from '#platform/database/tables.ts'
import type { DueWork, Reminder } from '#platform/http/route.ts'
import { settingOf } from '#platform/network-settings.ts'
import { notYetGiven } from '#platform/outbox.ts'
import { inductionPaths } from './paths.ts'
import { inductionWeeks } from './settings.ts'

/** A plan for whoever came since the induction is offered; reminders of plans and of sessions. */
export async function inductionDue(work: DueWork): Promise<void> {
  const { tx, network, today, when, now } = work
  const weeks = settingOf(network, inductionWeeks)
  await sql`insert into induction_plan (network_id, person_id, started_on, due_on)
    select p.network_id, p.id, ${today}, ${today.add({ weeks })} from person p
    where p.network_id = ${network.id} and p.left_on is null
      and not exists (select from induction_plan l where l.network_id = p.network_id and l.person_id = p.id)
      and exists (select from membership m join induction_module i on i.network_id = m.network_id
        and m.role = any(i.roles) and (i.ended_on is null or i.ended_on > ${today}) and m.from_on >= i.offered_on
        where m.network_id = p.network_id and m.person_id = p.id and m.from_on <= ${today}
          and (m.to_on is null or m.to_on >= ${today}))
    on conflict do nothing`.execute(tx)
  const soon = addWorkingDays(today, Math.max(1, clockOn('remind-before', today, when.clocks)))
  const plans = await sql<{ person_id: number; due_on: PlainDate; left: number }>`
    select * from (${unfinished(today)}) w where w.left > 0 order by w.due_on, w.person_id limit 5000`.execute(
    tx,
  )
  const sessions = await tx
    .selectFrom('session_place as x')
    .innerJoin('learning_session as s', join =>
      join.onRef('s.network_id', '=', 'x.network_id').onRef('s.id', '=', 'x.session_id'),
    )
    .select(['s.id', 's.title', 's.place', 's.starts_at', 'x.person_id'])
    .where('s.cancelled_because', '=', '')
    .where('s.starts_at', '>', now)
    .where('s.starts_at', '<=', endOf(soon))
    .orderBy('s.id')
    .orderBy('x.person_id')
    .limit(2000)
    .execute()
  const path = inductionPaths.mine(network.slug)
  const wanted = [
    ...plans.rows.flatMap(({ person_id, due_on, left }): Reminder[] => {
      const one = (step: string, sentence: string): Reminder => ({
        key: `induction-${step}:${person_id}`,
        personId: person_id,
        sentence,
        path,
      })
      const parts = left === 1 ? 'One part' : `${left} parts`
      const begins = one(
        'begins',
        `Your induction is there for you. If you can, finish by ${dateInWords(due_on)}.`,
      )
      if (Temporal.PlainDate.compare(due_on, today) < 0)
        return [
          one(
            'late',
            `${parts} of your induction ${left === 1 ? 'is' : 'are'} still open. Ring us if we can help.`,
          ),
        ]
      return Temporal.PlainDate.compare(due_on, soon) <= 0
        ? [
            begins,
            one(
              'soon',
              `${parts} of your induction ${left === 1 ? 'is' : 'are'} open until ${dateInWords(due_on)}.`,
            ),
          ]
        : [begins]
    }),
    ...sessions.map(
      (each): Reminder => ({
        key: `session-soon:${each.id}:${each.person_id}`,
        personId: each.person_id,
        sentence: `You have a place at “${theirs(each.title)}”: ${momentInWords(each.starts_at)}, ${theirs(each.place)}.`,
        path: inductionPaths.session(network.slug, each.id),
      }),
    ),
  ]
  for (const reminder of await notYetGiven(tx, wanted)) await work.remind(reminder)
}

const endOf = (day: PlainDate): Instant =>
  day.add({ days: 1 }).toZonedDateTime({ timeZone: 'Europe/London' }).toInstant()

/** Plans with how many parts are open: `person_id`, `due_on`, `left`. */
export const unfinished = (today: PlainDate) => sql`select l.network_id, l.person_id, p.name, l.due_on,
    (select count(*)::int from induction_module i where i.network_id = l.network_id
      and (i.ended_on is null or i.ended_on > ${today})
      and exists (select from membership m where m.network_id = l.network_id and m.person_id = l.person_id
        and m.role = any(i.roles) and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today}))
      and not exists (select from induction_progress d where d.network_id = l.network_id and d.person_id = l.person_id
        and d.module_id = i.id and d.finished_on is not null)) as left
  from induction_plan l join person p on p.network_id = l.network_id and p.id = l.person_id
  where p.left_on is null`

export async function lateInductions(tx: Tx, today: PlainDate): Promise<Record<string, number>> {
  const found = await sql<{ count: number }>`select count(*)::int as count from (${unfinished(today)}) w
    where w.left > 0 and w.due_on < ${today}`.execute(tx)
  return { inductions: found.rows[0]?.count ?? 0 }
}
