import { type Expression, sql } from 'kysely'
import type { Visit, WeekRow } from '#platform/http/route.ts'
import { chairIdOf } from '#platform/who-today.ts'

/** Agendas to set before the papers are due, and meetings that have no agenda on their day (PEOPLE-23). */
export const meetingsWeek = ({ today }: Visit): readonly Expression<WeekRow>[] => [
  sql<WeekRow>`select 'Set the agenda of a meeting' as promise, 'agenda:' || m.id as key, m.title,
    '/meetings/M-' || m.number as path, ${chairIdOf(sql`m.network_id`, sql`m.group_id`, today)} as person_id,
    coalesce(m.papers_due_on, (m.starts_at at time zone 'Europe/London')::date) as due_on
    from meeting m where m.state in ('planned', 'agenda-open') and m.planned_at is not null
      and m.starts_at > ${today.toZonedDateTime('Europe/London').toInstant()}`,
]
