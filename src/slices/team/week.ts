import { type Expression, sql } from 'kysely'
import type { Visit, WeekRow } from '#platform/http/route.ts'
import { privateKinds } from './private-words.ts'

/** Calls and letters that wait: whoever has no e-mail hears on the same day as everybody else (PEOPLE-23). */
export const byHandWeek = (_visit: Visit): readonly Expression<WeekRow>[] => [
  sql<WeekRow>`select case g.channel when 'post' then 'Post a letter' else 'Make a call' end as promise,
    'message:' || g.id as key,
    case g.channel when 'post' then 'Letter to ' else 'Call to ' end || coalesce(p.name, 'somebody') as title,
    case g.channel when 'post' then '/team/letters/' else '/team/calls/' end || g.id as path,
    null::integer as person_id, (g.created_at at time zone 'Europe/London')::date as due_on
    from message g left join person p on p.network_id = g.network_id and p.id = g.person_id
    where g.state = 'by-hand' and g.about_kind <> all(${[...privateKinds]}::text[])`,
]
