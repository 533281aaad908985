import { type Expression, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { type Question, question } from '#platform/database/questions.ts'
import type { HomePart, Visit, WeekRow } from '#platform/http/route.ts'
import { isTeam } from '#platform/permission.ts'
import { registrationPaths as paths } from '../paths.ts'

/** For the team: how many e-mails of people wait, and by when the first wants an answer. */
export function mailAtHome(visit: Visit): Question<HomePart>[] {
  if (!visit.actor || !isTeam(visit.actor)) return []
  const waiting = sql<{ count: number; due: string }>`
    select count(*)::int as count, min(due_on)::text as due from application_mail
    where state = 'apart' and due_on is not null having count(*) > 0`
  return [
    question(waiting, rows => ({
      needs: rows.map(({ count, due }) => ({
        title: 'E-mails to look at',
        href: paths.mails(visit.network.slug),
        status: String(count),
        due: Temporal.PlainDate.from(due),
      })),
    })),
  ]
}

export const mailWeek = (_visit: Visit): readonly Expression<WeekRow>[] => [
  sql<WeekRow>`select 'Look at an e-mail from somebody who wants to take part' as promise,
    'application-mail:' || m.id as key, 'An e-mail' as title,
    '/team/applications/e-mails/' || m.id as path, null::integer as person_id, m.due_on
    from application_mail m where m.state = 'apart' and m.due_on is not null`,
]
