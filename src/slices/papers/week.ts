import { type Expression, sql } from 'kysely'
import type { Visit, WeekRow } from '#platform/http/route.ts'
import { readablePapers } from '#slices/meetings/index.ts'
import { itemStands } from './store.ts'

const ahead = sql`('planned', 'agenda-open', 'agenda-set', 'papers-out')`

/** Papers to write and questions to answer, of meetings to come; only what this reader may read (PEOPLE-23). */
export const papersWeek = ({ tx, me }: Visit): readonly Expression<WeekRow>[] => {
  const readable = () =>
    tx
      .selectFrom('paper')
      .innerJoin('meeting', join =>
        join
          .onRef('meeting.network_id', '=', 'paper.network_id')
          .onRef('meeting.id', '=', 'paper.meeting_id'),
      )
      .select([
        'paper.network_id',
        'paper.id',
        'paper.number',
        'paper.title',
        'paper.state',
        'paper.author_person_id',
        'meeting.number as meeting',
        'meeting.papers_due_on as due',
      ])
      .where(sql<boolean>`meeting.state in ${ahead}`)
      .where(itemStands('paper'))
      .where(eb => readablePapers(eb, me))
  return [
    sql<WeekRow>`select 'Send a paper out' as promise, 'paper:' || p.id as key,
      'P-' || p.number || ' ' || p.title as title, '/meetings/M-' || p.meeting || '/papers/P-' || p.number as path,
      p.author_person_id as person_id, p.due as due_on
      from (${readable()}) p where p.state = 'draft' and p.due is not null`,
    sql<WeekRow>`select 'Answer a question about a paper' as promise, 'paper-question:' || q.id as key,
      'A question about P-' || p.number as title,
      '/meetings/M-' || p.meeting || '/papers/P-' || p.number || '#question-' || q.id as path,
      p.author_person_id as person_id, q.due_on
      from (${readable()}) p join paper_question q on q.network_id = p.network_id and q.paper_id = p.id
      where q.state = 'asked' and p.state = 'out'`,
    // Asked for in private: only that somebody waits, and since when.
    sql<WeekRow>`select 'Help somebody with a paper' as promise, 'paper-help:' || h.id as key,
      'Help with a paper was asked for' as title, '/team/paper-help' as path, null::integer as person_id,
      (h.asked_at at time zone 'Europe/London')::date as due_on from paper_help h where h.done_at is null`,
  ]
}
