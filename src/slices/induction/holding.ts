import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { momentInWords } from '#kernel/calendar/words.ts'
import { question } from '#platform/database/questions.ts'
import type { Held, Kept, Leaving } from '#platform/http/route.ts'
import { numberSetting } from '#platform/network-settings.ts'

const hows = { self: 'By yourself', session: 'In a session', told: 'As you told the team' } as const

export const held = (personId: number) => [
  question(
    sql<{
      title: string
      person_on: string | null
      person_how: keyof typeof hows | null
      team_on: string | null
      finished_on: string | null
    }>`select (select t.title from induction_text t where t.network_id = d.network_id and t.module_id = d.module_id
          order by t.id desc limit 1) as title, d.person_on, d.person_how, d.team_on, d.finished_on
        from induction_progress d where d.person_id = ${personId} order by d.module_id`,
    (rows): Held => ({
      title: 'Your induction',
      note: 'What you chose when you answered the questions is not kept.',
      rows: rows.map(row => ({
        Part: row.title,
        'You signed on': row.person_on,
        How: row.person_how && hows[row.person_how],
        'The team signed on': row.team_on,
        'Finished on': row.finished_on,
      })),
    }),
  ),
  question(
    sql<{
      started_on: string
      due_on: string
    }>`select started_on, due_on from induction_plan where person_id = ${personId}`,
    (rows): Held => ({
      title: 'The plan of your induction',
      rows: rows.map(row => ({ 'Begins on': row.started_on, 'To finish by': row.due_on })),
    }),
  ),
  question(
    sql<{ title: string; starts_at: string; came: boolean | null }>`select s.title, s.starts_at, x.came
      from session_place x join learning_session s on s.network_id = x.network_id and s.id = x.session_id
      where x.person_id = ${personId} order by s.starts_at, s.id`,
    (rows): Held => ({
      title: 'Sessions where you had a place',
      rows: rows.map(row => ({
        Session: row.title,
        When: momentInWords(Temporal.Instant.from(row.starts_at)),
        'You came': row.came,
      })),
    }),
  ),
]

export const leaving: Leaving = {
  says: personId =>
    question(
      sql<{ finished: number; places: number }>`select
        (select count(*)::int from induction_progress d where d.person_id = ${personId}) as finished,
        (select count(*)::int from session_place x where x.person_id = ${personId}) as places`,
      ([row]) => ({
        goes: [
          ...(row?.finished ? ['How far you are with your induction'] : []),
          ...(row?.places ? ['Your places in sessions'] : []),
        ],
      }),
    ),
  async leave({ tx }, personId) {
    for (const table of ['session_place', 'induction_progress', 'induction_plan'] as const)
      await tx.deleteFrom(table).where('person_id', '=', personId).execute()
  },
}

const months = numberSetting({
  name: 'keep-session-places',
  title: 'Who came to which session is kept for',
  usual: 36,
  least: 1,
  most: 240,
  unit: 'months',
})

export const kept: readonly Kept[] = [
  {
    name: 'session-places',
    title: 'Who came to which session',
    source: 'No longer than it helps: three years, as training records of volunteers usually are',
    months,
    count: before =>
      question(
        sql<{ count: number }>`select count(*)::int as count from session_place x
          join learning_session s on s.network_id = x.network_id and s.id = x.session_id where s.starts_at < ${before}`,
        ([row]) => row?.count ?? 0,
      ),
    async end({ tx }, before) {
      const done = await sql`delete from session_place x using learning_session s
        where s.network_id = x.network_id and s.id = x.session_id and s.starts_at < ${before}`.execute(tx)
      return Number(done.numAffectedRows ?? 0)
    },
  },
]
