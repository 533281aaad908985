import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { Held } from '#platform/http/route.ts'

/** E-mails that somebody wrote to register: their own words, and the files that came with them. */
export const mailHeld = (personId: number): Question<Held>[] => [
  question(
    sql<{ at: string; subject: string; words: string; files: string | null }>`
      select m.received_at::text as at, m.subject, m.words,
        (select string_agg(f.name, ', ' order by f.id) from stored_file f
          where f.thing_kind = 'application-mail' and f.thing_id = m.id) as files
      from application_mail m join application a on a.network_id = m.network_id and a.id = m.application_id
      where a.person_id = ${personId} and m.state = 'joined' order by m.id`,
    rows => ({
      title: 'E-mails you wrote to us to take part',
      rows: rows.map(each => ({
        When: each.at,
        Subject: each.subject,
        'Your words': each.words,
        Files: each.files ?? '',
      })),
    }),
  ),
]
