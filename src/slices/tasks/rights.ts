import { sql } from 'kysely'
import { type Happened, happened } from '#kernel/decision.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { question } from '#platform/database/questions.ts'
import type { Doing } from '#platform/doing.ts'
import type { Held, Kept, Leaving } from '#platform/http/route.ts'
import { numberSetting } from '#platform/network-settings.ts'
import { taskPaths } from './paths.ts'
import type { OfferState } from './tables.ts'
import { stateWords } from './words.ts'

/** What the tasks hold about one person. */
export const tasksHeld = (personId: number) => [
  question(
    sql<{
      number: number
      title: string
      state: OfferState
      asked_at: string | null
      done_words: string
      thanks: string
    }>`select t.number, t.title, o.state, o.asked_at, o.done_words, o.thanks
      from task_offer o join task t on t.network_id = o.network_id and t.id = o.task_id
      where o.person_id = ${personId} order by o.id`,
    (rows): Held => ({
      title: 'Tasks',
      rows: rows.map(row => ({
        Task: `${reference('T', row.number)}, ${row.title}`,
        'Where it is': stateWords[row.state],
        'Asked on': row.asked_at?.slice(0, 10) ?? null,
        'What you wrote': row.done_words || null,
        'How we thanked you': row.thanks || null,
      })),
    }),
  ),
]

/** Open tasks go back to the team; what was written about them goes; that a task was done stays. */
export const leavingTasks: Leaving = {
  says: personId =>
    question(
      sql<{ open: number; done: number }>`select
          count(*) filter (where o.state in ('asked', 'accepted') and t.ended_at is null)::integer as open,
          count(*) filter (where o.state in ('done', 'thanked'))::integer as done
        from task_offer o join task t on t.network_id = o.network_id and t.id = o.task_id
        where o.person_id = ${personId}`,
      ([row]) => ({
        ...(row?.open
          ? {
              handedOver: [
                row.open === 1 ? '1 task goes back to the team' : `${row.open} tasks go back to the team`,
              ],
            }
          : {}),
        ...(row?.done
          ? { goes: ['What you wrote about tasks, and our thanks'], stays: ['That the tasks were done'] }
          : {}),
      }),
    ),
  async leave(doing, personId) {
    const open = await doing.tx
      .selectFrom('task_offer as o')
      .innerJoin('task as t', join =>
        join.onRef('t.network_id', '=', 'o.network_id').onRef('t.id', '=', 'o.task_id'),
      )
      .select(['t.id', 't.number', 't.title', 't.made_by_person_id', 'o.state', 'o.id as offer'])
      .where('o.person_id', '=', personId)
      .where('t.ended_at', 'is', null)
      .where('o.state', 'in', ['asked', 'accepted'])
      .execute()
    await doing.tx
      .updateTable('task_offer')
      .set({
        state: sql`case when state in ('asked', 'accepted') then 'stepped-back' else state end` as never,
        done_words: '',
        thanks: '',
      })
      .where('person_id', '=', personId)
      .execute()
    for (const each of open) {
      const gone: Happened = happened('stepped-back', { personId })
      await doing.happened({ kind: 'task', id: each.id }, [gone])
      if (each.state !== 'accepted') continue
      const mark = reference('T', each.number)
      await doing.tell({
        key: `task-back:${each.offer}`,
        personId: each.made_by_person_id,
        kind: 'task-back',
        subject: `${mark} is free again`,
        paragraphs: [
          `Somebody who said yes to this has left the network: ${theirs(each.title)}. The place is free again.`,
        ],
        link: { path: taskPaths.one(doing.network.slug, mark), words: 'See the task' },
        about: { kind: 'task', id: mark },
      })
    }
  },
}

export const tasksKeptMonths = numberSetting({
  name: 'tasks-kept',
  title: 'How long tasks are kept after they are over',
  usual: 24,
  least: 1,
  most: 240,
  unit: 'months',
})

/** Tasks that ended so long ago, with who was asked. Their history stays, without words. */
export const keptTasks: Kept = {
  name: 'tasks',
  title: 'Tasks that are over',
  source: 'The network’s own choice: nothing in law asks for longer (R59)',
  months: tasksKeptMonths,
  count: before =>
    question(
      sql<{ count: number }>`select count(*)::integer as count from task
        where ended_at < ${before.toString()}::date`,
      ([row]) => row?.count ?? 0,
    ),
  async end(doing: Doing, before) {
    const gone = await doing.tx
      .deleteFrom('task')
      .where(sql<boolean>`ended_at < ${before.toString()}::date`)
      .executeTakeFirst()
    return Number(gone.numDeletedRows)
  },
}
