import { type Expression, sql } from 'kysely'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { promisedBy } from '#kernel/clocks.ts'
import type { Visit, WeekRow } from '#platform/http/route.ts'
import { chairIdOf } from '#platform/who-today.ts'
import { notExcluded } from '#slices/meetings/index.ts'

/** What is older than a season has been told of. */
const daysBack = 100

/** Minutes to write, and decisions to look at again (PEOPLE-23). */
export const minutesWeek = ({ me, now, today, when }: Visit): readonly Expression<WeekRow>[] => {
  // Working days are not the database's to count: each day on which a meeting may have been, with its promise.
  const promised: Record<string, string> = {}
  for (let back = 0; back <= daysBack; back += 1) {
    const day = dayOf(now).subtract({ days: back })
    promised[day.toString()] = promisedBy('minutes', day, when.clocks).toString()
  }
  return [
    sql<WeekRow>`select 'Write minutes' as promise, 'minutes:' || g.id as key, g.title,
      '/meetings/M-' || g.number || '/minutes' as path, null::integer as person_id,
      (${JSON.stringify(promised)}::jsonb ->> ((g.starts_at at time zone 'Europe/London')::date::text))::date as due_on
      from meeting g where g.state = 'held' and g.starts_at < ${now}
        and g.starts_at > ${now.subtract({ hours: 24 * daysBack })}`,
    sql<WeekRow>`select 'Look at a decision again' as promise, 'decision:' || d.id || ':' || d.review_on as key,
      'Decision ' || d.number as title, '/decisions/' || d.number || '/review' as path,
      ${chairIdOf(sql`d.network_id`, sql`d.group_id`, today)} as person_id, d.review_on as due_on
      from board_decision d join agenda_item i on i.network_id = d.network_id and i.id = d.item_id
      where d.review_on is not null and d.still_right is distinct from 'no' and i.handling <> 'named'
        and (d.reviewed_at is null or (d.reviewed_at at time zone 'Europe/London')::date < d.review_on)
        and ${notExcluded(me, sql.ref('d.item_id'))}`,
  ]
}
