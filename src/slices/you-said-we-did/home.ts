import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { reference } from '#kernel/references.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { Instant } from '#platform/database/tables.ts'
import type { HomeLine, HomePart, Visit } from '#platform/http/route.ts'
import { isTeam } from '#platform/permission.ts'
import { publicationPaths as to } from './paths.ts'

interface Row {
  part: 'asked-me' | 'ready' | 'wants-change' | 'waits' | 'out'
  number: number
  title: string
  at: Instant
}

/** Texts that wait for this person's yes, for the team's button, or for others; and what went out (LOOP-19). */
export function partOfHome(visit: Visit, since: Instant | null): Question<HomePart>[] {
  const me = visit.me.personId
  const team = isTeam(visit.me)
  const found = sql<Row>`
    with open as (
      select p.*, exists (select 1 from publication_answer a where a.network_id = p.network_id
          and a.publication_id = p.id and a.answer <> 'yes' and not exists (
            select 1 from publication_answer later where later.network_id = a.network_id
              and later.publication_id = a.publication_id and later.person_id = a.person_id and later.id > a.id))
          as wants_change
      from publication p where p.state in ('proposed', 'consented')
    )
    (select 'asked-me' as part, p.number, p.title, p.proposed_at as at from open p
      where exists (select 1 from contributor b where b.network_id = p.network_id
          and b.contribution_id = p.contribution_id and b.person_id = ${me} and b.withdrawn_at is null)
        and not exists (select 1 from publication_answer a where a.network_id = p.network_id
          and a.publication_id = p.id and a.person_id = ${me})
      order by p.id limit 20)
    ${
      team
        ? sql`union all (select case when p.state = 'consented' then 'ready'
              when p.wants_change then 'wants-change' else 'waits' end, p.number, p.title, p.proposed_at
            from open p order by p.id limit 50)`
        : sql``
    }
    union all (select 'out', p.number, p.title, p.published_at from publication p
      where p.state = 'published' and p.published_at > ${since}::timestamptz
      order by p.published_at desc limit 5)`
  const { slug } = visit.network
  return [
    question(found, rows => {
      const lines = (part: Row['part'], line: (ref: string) => Omit<HomeLine, 'title' | 'at'>): HomeLine[] =>
        rows
          .filter(row => row.part === part)
          .map(row => ({
            title: row.title,
            at: Temporal.Instant.from(row.at),
            ...line(reference('C', row.number)),
          }))
      return {
        needs: [
          ...lines('asked-me', ref => ({
            href: to.agree(slug, ref),
            status: 'May we publish this?',
            hint: `${ref}: read it and say yes, no or what should change`,
          })),
          ...lines('ready', ref => ({
            href: to.write(slug, ref),
            status: 'Ready to publish',
            hint: `${ref}: everyone agreed`,
          })),
          ...lines('wants-change', ref => ({
            href: to.write(slug, ref),
            status: 'Somebody wants other words',
            hint: ref,
          })),
        ],
        waiting: lines('waits', ref => ({
          href: to.write(slug, ref),
          status: 'Asked if it may be published',
          hint: ref,
        })),
        moved: lines('out', ref => ({ href: to.one(slug, ref), status: 'Published', hint: ref })),
      }
    }),
  ]
}
