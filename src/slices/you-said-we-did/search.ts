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
      exact as (
        select p.*, case when p.number = ${number}::integer then 'reference' else 'words' end as why,
          case when p.number = ${number}::integer then 1 else 0.4 + 0.5 * ts_rank_cd(p.search, w.query, 32) end as rank
        from publication p cross join wanted w
        where p.state = 'published' and (p.search @@ w.query or p.number = ${number}::integer)
        order by rank desc limit 20
      ),
      nearly as (
        select p.*, 'nearly' as why,
          0.5 * word_similarity(${words}, p.title || ' ' || p.you_said || ' ' || p.we_did) as rank
        from publication p
        where p.state = 'published' and ${words} <% (p.title || ' ' || p.you_said || ' ' || p.we_did)
          and not exists (select 1 from exact)
        order by rank desc limit 20
      )
    select f.number, f.title, f.why, f.rank,
      case when f.why = 'words' then ts_headline('english', f.you_said || ' … ' || f.we_did, w.query,
        'StartSel="", StopSel="", MaxWords=24, MinWords=10') else f.you_said end as piece
    from (select * from exact union all select * from nearly) f cross join wanted w
    order by f.rank desc, f.number desc`
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
