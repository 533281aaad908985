import { type Expression, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { askTogether, type Question, question } from '#platform/database/questions.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type { DueWork, HomePart, Reminder, Visit, WeekRow } from '#platform/http/route.ts'
import { notYetGiven } from '#platform/outbox.ts'
import { isTeam } from '#platform/permission.ts'
import { idsOf, postHolders } from '#platform/who-today.ts'
import { toAskAfterMeetings } from './after.tsx'
import { needsPaths } from './paths.ts'

/**
 * The person is asked again when the time has come; the team is reminded when a need was not seen to in time. No
 * reminder says what the need is (R42).
 */
export async function needsDue(work: DueWork): Promise<void> {
  const { tx, today, network } = work
  const [found, afterMeetings] = await askTogether(tx, [
    question(
      sql<{ kind: 'review' | 'late'; id: number; person_id: number; due_on: PlainDate }>`
        select 'review' as kind, s.person_id as id, s.person_id, s.review_due_on as due_on
        from needs_sheet s join person p on p.network_id = s.network_id and p.id = s.person_id
        where s.review_due_on <= ${today} and p.left_on is null
        union all
        select 'late', r.id, r.person_id, r.due_on from need_promise r
        where r.state = 'open' and r.due_on < ${today} order by 2`,
      rows => rows,
    ),
    toAskAfterMeetings(work),
  ])
  const team = found.some(each => each.kind === 'late') ? await postHolders(tx, today) : undefined
  const wanted = found.flatMap((each): Reminder[] =>
    each.kind === 'review'
      ? [
          {
            key: `needs-review:${each.id}:${each.due_on}`,
            personId: each.person_id,
            sentence: 'Is what you need to take part still the same? Please go through it.',
            path: needsPaths.mine(network.slug),
          },
        ]
      : idsOf(team!.coordinators).map(personId => ({
          key: `need-late:${each.id}:${each.due_on}:${personId}`,
          personId,
          sentence: `A support need was to be seen to by ${dateInWords(Temporal.PlainDate.from(each.due_on))}. It is late.`,
          path: needsPaths.promise(network.slug, each.id),
        })),
  )
  for (const reminder of await notYetGiven(tx, [...wanted, ...afterMeetings])) await work.remind(reminder)
}

export async function lateNeeds(tx: Tx, today: PlainDate): Promise<Readonly<Record<string, number>>> {
  const found = await tx
    .selectFrom('need_promise')
    .select(eb => eb.fn.countAll<number>().as('n'))
    .where('state', '=', 'open')
    .where('due_on', '<', today)
    .executeTakeFirstOrThrow()
  return { 'need-met': Number(found.n) }
}

/** For the person that it is time to go through their needs; for the team what waits. */
export function needsAtHome(visit: Visit): Question<HomePart>[] {
  const { actor, today, network } = visit
  if (!actor) return []
  const mine = question(
    sql<{ review_due_on: string }>`
      select review_due_on from needs_sheet where person_id = ${actor.personId} and review_due_on <= ${today}`,
    ([row]): HomePart =>
      row === undefined
        ? {}
        : {
            needs: [
              {
                title: 'What you need to take part',
                href: needsPaths.mine(network.slug),
                status: 'Is it still the same?',
                due: Temporal.PlainDate.from(row.review_due_on),
              },
            ],
          },
  )
  if (!isTeam(actor)) return [mine]
  const team = question(
    sql<{ n: number; first: string | null }>`
      select count(*)::integer as n, min(due_on) as first from need_promise where state = 'open'`,
    ([row]): HomePart =>
      row === undefined || row.n === 0
        ? {}
        : {
            needs: [
              {
                title: 'Support needs to see to',
                href: needsPaths.list(network.slug),
                status: String(row.n),
                due: row.first ? Temporal.PlainDate.from(row.first) : null,
              },
            ],
          },
  )
  return [mine, team]
}

export function needsInWeek(): readonly Expression<WeekRow>[] {
  return [
    sql<WeekRow>`select 'See to a support need' as promise, 'need:' || r.id as key, p.name as title,
        '/team/needs/promises/' || r.id as path, null::integer as person_id, r.due_on
      from need_promise r join person p on p.network_id = r.network_id and p.id = r.person_id
      where r.state = 'open' and p.left_on is null`,
    sql<WeekRow>`select 'Go through support needs again' as promise, 'needs-review:' || s.person_id as key,
        p.name as title, '/team/people/' || s.person_id || '/needs' as path, null::integer as person_id,
        s.review_due_on as due_on
      from needs_sheet s join person p on p.network_id = s.network_id and p.id = s.person_id
      where p.left_on is null`,
  ]
}
