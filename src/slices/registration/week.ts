import { type Expression, sql } from 'kysely'
import type { Visit, WeekRow } from '#platform/http/route.ts'

/** People who wait for a talk, or for our answer (PEOPLE-23). */
export const registrationWeek = (_visit: Visit): readonly Expression<WeekRow>[] => [
  sql<WeekRow>`select case a.state when 'received' then 'Talk with somebody who wants to take part'
      when 'spoken-with' then 'Answer somebody who wants to take part'
      else 'Get in touch with somebody who wants to take part' end as promise,
    'application:' || a.id || ':' || a.state as key, 'Application ' || a.number as title,
    '/team/applications/' || a.number as path, a.owner_person_id as person_id, a.due_on
    from application a where a.due_on is not null`,
]
