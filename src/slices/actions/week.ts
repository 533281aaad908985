import { type Expression, sql } from 'kysely'
import type { Visit, WeekRow } from '#platform/http/route.ts'

/** Actions that are not done, each its owner's (PEOPLE-23). */
export const actionsWeek = (_visit: Visit): readonly Expression<WeekRow>[] => [
  sql<WeekRow>`select 'Do an action' as promise, 'action:' || a.id as key,
    'A-' || a.number || ' ' || left(a.what, 120) as title, '/actions/A-' || a.number as path,
    a.owner_person_id as person_id, a.due_on
    from action a where a.state in ('open', 'asked-for-another-date')`,
]
