import { type Expression, sql } from 'kysely'
import type { Visit, WeekRow } from '#platform/http/route.ts'
import { chairIdOf, postHolderIdOf } from '#platform/who-today.ts'

/** What has to be done about views by a day, and by whom (PEOPLE-23). An action's owner is told of by the actions. */
export const contributionsWeek = ({ today }: Visit): readonly Expression<WeekRow>[] => {
  const chair = chairIdOf(sql`c.network_id`, sql`c.group_id`, today)
  return [
    sql<WeekRow>`select case c.state when 'received' then 'Say where a view will be considered'
        when 'to-be-considered' then 'Write down what was said about a view'
        when 'passed-on' then 'Ask what came of a view that was passed on'
        when 'reopened' then 'Answer again: the loop is not closed'
        else 'Answer somebody’s view' end as promise,
      'contribution:' || c.id || ':' || c.state as key, 'C-' || c.number || ' ' || c.title as title,
      '/contributions/C-' || c.number as path,
      case c.waits_for when 'group' then ${chair}
        when 'feedback-owner' then coalesce(c.feedback_owner_person_id, ${chair})
        when 'portfolio-manager' then ${postHolderIdOf(sql`c.network_id`, sql`'portfolio-manager'`, today)}
        when 'director' then ${postHolderIdOf(sql`c.network_id`, sql`'director'`, today)} end as person_id, c.due_on
      from contribution c
      where c.due_on is not null and c.waits_for not in ('contributor', 'nobody', 'action-owners')`,
  ]
}
