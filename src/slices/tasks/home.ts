import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { addWorkingDays } from '#kernel/calendar/working-days.ts'
import { clockOn } from '#kernel/clocks.ts'
import { readReference, reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type { DueWork, HomeLine, HomePart, SearchHit, Visit, WeekRow } from '#platform/http/route.ts'
import { notYetGiven } from '#platform/outbox.ts'
import { isTeam, isVolunteer } from '#platform/permission.ts'
import { idsOf, postHolders } from '#platform/who-today.ts'
import { taskPaths } from './paths.ts'
import type { OfferState } from './tables.ts'
import { timeWords } from './words.ts'

interface Line {
  readonly number: number
  readonly title: string
  readonly minutes: number
  readonly state: OfferState
  readonly name: string
  readonly mine: boolean
  readonly person_id: number
  readonly due_on: PlainDate | null
}

/** What I was asked for or said yes to; for the team, who is to be thanked. */
export function tasksAtHome(visit: Visit): Question<HomePart>[] {
  const { actor, network, today } = visit
  if (!actor || !(isTeam(actor) || isVolunteer(actor))) return []
  const rows = sql<Line>`
    select t.number, t.title, t.minutes, o.state, p.name, o.person_id, o.person_id = ${actor.personId} as mine,
      case when o.state = 'done' then o.thanks_by else t.needed_by end as due_on
    from task_offer o join task t on t.network_id = o.network_id and t.id = o.task_id
      join person p on p.network_id = o.network_id and p.id = o.person_id
    where (t.ended_at is null or o.state = 'done')
      and ((o.person_id = ${actor.personId} and o.state in ('asked', 'accepted'))
        or (${isTeam(actor)} and o.state = 'done' and o.person_id <> ${actor.personId}))
    order by due_on nulls last, o.id limit 20`
  return [
    question(rows, found => {
      const needs: HomeLine[] = []
      const coming: HomeLine[] = []
      for (const row of found) {
        const mark = reference('T', row.number)
        const due = row.due_on === null ? null : Temporal.PlainDate.from(row.due_on)
        const line = (status: string, hint: string, href = taskPaths.one(network.slug, mark)): HomeLine => ({
          title: row.title,
          href,
          status,
          hint: `${mark}, ${hint}`,
          due,
        })
        if (!row.mine)
          needs.push(
            line(
              'Thank them in your own words',
              `${row.name} did this`,
              taskPaths.thank(network.slug, mark, row.person_id),
            ),
          )
        else if (row.state === 'asked') needs.push(line('Could you do this?', 'you can say no'))
        else if (due && Temporal.PlainDate.compare(due, today) <= 0)
          needs.push(line('You said yes', timeWords(row.minutes).toLowerCase()))
        else coming.push(line('You said yes', timeWords(row.minutes).toLowerCase()))
      }
      return { needs, coming }
    }),
  ]
}

export function findTasks(visit: Visit, words: string): Question<readonly SearchHit[]> | undefined {
  const { actor, network } = visit
  if (!actor || words === '' || !(isTeam(actor) || isVolunteer(actor))) return undefined
  const number = readReference('T', words) ?? -1
  const query = sql`websearch_to_tsquery('english', ${words})`
  const found = sql<{ number: number; title: string; what: string; rank: number }>`
    select t.number, t.title, t.what,
      case when t.number = ${number} then 1 else least(0.95, ts_rank(t.search, ${query}) * 4 + 0.3) end as rank
    from task t
    where (t.number = ${number} or t.search @@ ${query})
      and (${isTeam(actor)} or t.open_to = 'everyone' or exists (select from task_offer o
        where o.network_id = t.network_id and o.task_id = t.id and o.person_id = ${actor.personId}))
    order by rank desc, t.id desc limit 10`
  return question(found, rows =>
    rows.map(row => ({
      kind: 'Task',
      title: row.title,
      href: taskPaths.one(network.slug, reference('T', row.number)),
      reference: reference('T', row.number),
      why: row.number === number ? 'The reference matches' : 'The words match',
      piece: shorten(row.what, 200),
      rank: Number(row.rank),
    })),
  )
}

/** For the team's week: who is to be thanked, and who does what by when. */
export const tasksOfWeek = () => [
  sql<WeekRow>`select 'Thank somebody who did a task'::text as promise, 'task:' || o.id || ':thanks' as key,
      t.title::text as title, '/tasks/T-' || t.number as path, null::integer as person_id, o.thanks_by as due_on
    from task_offer o join task t on t.network_id = o.network_id and t.id = o.task_id
    where o.state = 'done' and o.thanks_by is not null`,
  sql<WeekRow>`select 'Do a task'::text as promise, 'task:' || o.id || ':do' as key,
      t.title::text as title, '/tasks/T-' || t.number as path, o.person_id, t.needed_by as due_on
    from task_offer o join task t on t.network_id = o.network_id and t.id = o.task_id
    where o.state = 'accepted' and t.ended_at is null and t.needed_by is not null`,
]

/** A word before the day to whoever said yes; to the team when a thank-you is late. */
export async function tasksDue(work: DueWork): Promise<void> {
  const { tx, today, network, when } = work
  const soon = addWorkingDays(today, Math.max(1, clockOn('remind-before', today, when.clocks)))
  const found = await sql<{
    id: number
    number: number
    title: string
    state: OfferState
    person_id: number
    name: string
    needed_by: PlainDate | null
  }>`
    select o.id, t.number, t.title, o.state, o.person_id, p.name, t.needed_by
    from task_offer o join task t on t.network_id = o.network_id and t.id = o.task_id
      join person p on p.network_id = o.network_id and p.id = o.person_id
    where (o.state = 'accepted' and t.ended_at is null and t.needed_by <= ${soon})
      or (o.state = 'done' and o.thanks_by < ${today})
    order by o.id limit 2000`.execute(tx)
  if (found.rows.length === 0) return
  const { coordinators } = await postHolders(tx, today)
  const wanted = found.rows.flatMap(row => {
    const mark = reference('T', row.number)
    const path = taskPaths.one(network.slug, mark)
    if (row.state === 'accepted')
      return [
        {
          key: `task-soon:${row.id}:${row.needed_by}`,
          personId: row.person_id,
          sentence: `${mark}, ${theirs(shorten(row.title, 100))}: you said yes to this. It is needed by ${dateInWords(row.needed_by!)}.`,
          path,
        },
      ]
    return idsOf(coordinators)
      .filter(each => each !== row.person_id)
      .map(personId => ({
        key: `task-thanks-late:${row.id}:${personId}`,
        personId,
        sentence: `${mark}, ${theirs(shorten(row.title, 100))}: ${theirs(row.name)} has done it and has not been thanked. It is late.`,
        path: taskPaths.thank(network.slug, mark, row.person_id),
      }))
  })
  for (const each of await notYetGiven(tx, wanted)) await work.remind(each)
}

export async function lateTasks(tx: Tx, today: PlainDate): Promise<Record<string, number>> {
  const found = await sql<{ thanks: number; tasks: number }>`
    select (select count(*) from task_offer where state = 'done' and thanks_by < ${today})::integer as thanks,
      (select count(*) from task_offer o join task t on t.network_id = o.network_id and t.id = o.task_id
       where o.state = 'accepted' and t.ended_at is null and t.needed_by < ${today})::integer as tasks`.execute(
    tx,
  )
  return { 'task thanks': found.rows[0]!.thanks, tasks: found.rows[0]!.tasks }
}
