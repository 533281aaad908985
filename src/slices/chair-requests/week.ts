import { type Expression, sql } from 'kysely'
import type { Visit, WeekRow } from '#platform/http/route.ts'
import { postHolderIdOf } from '#platform/who-today.ts'

/** Requests that wait for a group or for the portfolio manager (PEOPLE-23). */
export const requestsWeek = ({ today }: Visit): readonly Expression<WeekRow>[] => [
  sql<WeekRow>`select case r.state when 'asked' then 'Say that the group has a request' else 'Answer a request' end
      as promise,
    'request:' || r.id || ':' || r.state as key, 'R-' || r.number || ' ' || left(r.what, 120) as title,
    '/requests/R-' || r.number as path,
    case r.waits_for when 'group' then r.holder_person_id
      else ${postHolderIdOf(sql`r.network_id`, sql`'portfolio-manager'`, today)} end as person_id, r.due_on
    from chair_request r where r.due_on is not null and r.waits_for in ('group', 'portfolio-manager')`,
]
