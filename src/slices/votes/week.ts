import { type Expression, sql } from 'kysely'
import type { Visit, WeekRow } from '#platform/http/route.ts'

/** Votes whose time ends. What they are about stands on their own page (PEOPLE-23). */
export const votesWeek = (_visit: Visit): readonly Expression<WeekRow>[] => [
  sql<WeekRow>`select 'A vote closes' as promise, 'motion:' || v.id as key, 'Motion V-' || v.number as title,
    '/motions/V-' || v.number as path, null::integer as person_id,
    (v.closes_at at time zone 'Europe/London')::date as due_on
    from motion v join agenda_item i on i.network_id = v.network_id and i.id = v.item_id
    where v.state = 'open' and v.closes_at is not null and i.handling <> 'named'`,
]
