import { type Expression, sql } from 'kysely'
import type { Visit, WeekRow } from '#platform/http/route.ts'
import { mayReadComplaints } from './complaint-readers.ts'

/** News promised about complaints on data: for their contact only (R3, PEOPLE-23). */
export const complaintsWeek = (visit: Visit): readonly Expression<WeekRow>[] => {
  if (!visit.actor) return []
  return [
    sql<WeekRow>`select 'Give news about a complaint on data' as promise,
      'data-complaint:' || d.id || ':' || d.update_by as key, 'Complaint about data D-' || d.number as title,
      '/team/data-complaints/D-' || d.number as path, ${visit.me.personId}::integer as person_id,
      d.update_by as due_on
      from data_complaint d where d.answered_at is null and d.update_by is not null
        and ${mayReadComplaints(visit.me.personId, visit.today)}`,
  ]
}
