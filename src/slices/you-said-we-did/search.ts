import { sql } from 'kysely'
import { readReference, reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { SearchHit, Visit } from '#platform/http/route.ts'
import { publicationPaths as to } from './paths.ts'

/** Published views, for everybody: by reference, by words, and by words nearly right (LOOP-21). */
export function searchPublished(visit: Visit, words: string): Question<readonly SearchHit[]> {
  const number = readReference('C', words) ?? null
  const found = sql<{
    number: number
    title: string
    piece: string
    why: 'reference' | 'words' | 'nearly'
    rank: number
  }>`
    with wanted as (select websearch_to_tsquery('english', ${words}) as query),
      hit as (
        select id, 'reference' as why, 1::real as rank from publication
          where state = 'published' and number = ${number}::integer
        union all select id, why, (case why when 'words' then 0.4 + 0.5 * nearness else 0.5 * nearness end)::real
          from publications_found(${words}, 100)
      ),
      best as (
        select * from (select distinct on (id) * from hit order by id, rank desc) h order by rank desc limit 20
      )
    select p.number, p.title, f.why, f.rank,
      case when f.why = 'words' then ts_headline('english', p.you_said || ' … ' || p.we_did, w.query,
        'StartSel="", StopSel="", MaxWords=24, MinWords=10') else p.you_said end as piece
    from best f join publication p on p.id = f.id and p.state = 'published' cross join wanted w
    order by f.rank desc, p.number desc`
  return question(found, rows =>
    rows.map(row => ({
      kind: 'You said, we did',
      title: row.title,
      href: to.one(visit.network.slug, reference('C', row.number)),
      reference: reference('C', row.number),
      why: {
        reference: 'The reference matches',
        words: 'The words match',
        nearly: 'Some words are nearly the same',
      }[row.why],
      piece: shorten(row.piece, 200),
      rank: row.rank,
    })),
  )
}
