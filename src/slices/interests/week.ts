import { type Expression, sql } from 'kysely'
import type { Visit, WeekRow } from '#platform/http/route.ts'
import { chairIdOf } from '#platform/who-today.ts'

/** Conflicts to decide on before their meeting (PEOPLE-23). Which item it is stands on its own page. */
export const interestsWeek = ({ today }: Visit): readonly Expression<WeekRow>[] => [
  sql<WeekRow>`select 'Decide on a conflict of interest' as promise, 'conflict:' || c.id as key,
    'An interest meets an item of ' || m.title as title, '/meetings/M-' || m.number as path,
    ${chairIdOf(sql`m.network_id`, sql`m.group_id`, today)} as person_id,
    (m.starts_at at time zone 'Europe/London')::date as due_on
    from conflict c join agenda_item i on i.network_id = c.network_id and i.id = c.item_id
    join meeting m on m.network_id = i.network_id and m.id = i.meeting_id
    where c.outcome is null and i.closed_at is null and i.handling <> 'named' and i.state in ('raised', 'on-agenda')
      and m.state in ('planned', 'agenda-open', 'agenda-set', 'papers-out')`,
]
