import { type Expression, sql } from 'kysely'
import type { Visit, WeekRow } from '#platform/http/route.ts'
import { chairIdOf } from '#platform/who-today.ts'

/**
 * Agendas to set before the papers are due, meetings that have no agenda on their day, and what Teams leaves to people
 * (PEOPLE-23).
 */
export const meetingsWeek = ({ today }: Visit): readonly Expression<WeekRow>[] => [
  sql<WeekRow>`select 'Set the agenda of a meeting' as promise, 'agenda:' || m.id as key, m.title,
    '/meetings/M-' || m.number as path, ${chairIdOf(sql`m.network_id`, sql`m.group_id`, today)} as person_id,
    coalesce(m.papers_due_on, (m.starts_at at time zone 'Europe/London')::date) as due_on
    from meeting m where m.state in ('planned', 'agenda-open') and m.planned_at is not null
      and m.starts_at > ${today.toZonedDateTime('Europe/London').toInstant()}`,
  sql<WeekRow>`select 'Check who was at a meeting' as promise, 'teams-report:' || m.id as key, m.title,
    '/meetings/M-' || m.number || '/report/check' as path, null::integer as person_id,
    ((r.at at time zone 'Europe/London')::date + 6) as due_on
    from attendance_report r join meeting m on m.network_id = r.network_id and m.id = r.meeting_id
    where r.by_person_id is null`,
  sql<WeekRow>`select 'Give a meeting its link to join' as promise, 'teams-link:' || m.id as key, m.title,
    '/meetings/M-' || m.number as path, null::integer as person_id,
    ((m.starts_at at time zone 'Europe/London')::date - 1) as due_on
    from online_meeting o join meeting m on m.network_id = o.network_id and m.id = o.meeting_id
    where o.state = 'wanted' and o.trouble <> '' and m.link = '' and m.kind <> 'in-person'
      and m.state in ('planned', 'agenda-open', 'agenda-set', 'papers-out')
      and m.starts_at > ${today.toZonedDateTime('Europe/London').toInstant()}`,
]
