import { sql } from 'kysely'
import { readReference, reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { SearchHit, Visit } from '#platform/http/route.ts'
import { groupsOf, isTeam } from '#platform/permission.ts'
import { readable } from './access.ts'
import { contributionPaths } from './paths.ts'

interface Found {
  number: number
  title: string
  why: 'reference' | 'words' | 'translation' | 'outcome' | 'person' | 'near'
  piece: string
  rank: number
}

const whys: Record<Found['why'], string> = {
  reference: 'The reference matches',
  words: 'The words match',
  translation: 'The words of a translation match',
  outcome: 'What was decided matches',
  person: 'It was raised by somebody of that name',
  near: 'The title is written nearly like that',
}
const most = 20

/**
 * What this person may read, in one statement (LOOP-21). It looks in the words as everybody may see them, so that
 * nothing hidden or withdrawn is ever found, and finds a person only under the name that they chose to be shown.
 */
export function findContributions(visit: Visit, words: string): Question<readonly SearchHit[]> {
  const { tx, me, network } = visit
  const number = readReference('C', words) ?? -1
  const like = `%${words.replace(/[\\%_]/g, each => `\\${each}`)}%`
  const mayRead = tx
    .selectFrom('contribution')
    .select('contribution.id')
    .where(eb => readable(eb, me))
  const shown = isTeam(me)
    ? sql`p.name ilike ${like}`
    : sql`case when p.id = ${me.personId} or b.naming = 'named' then p.name ilike ${like}
          when b.naming = 'first-name' then split_part(p.known_as, ' ', 1) ilike ${words} else false end`
  const found = sql<Found>`
    with called as materialized (
      select p.* from person p where p.name ilike ${like} or split_part(p.known_as, ' ', 1) ilike ${words}),
    hit as (
      select id, 'reference' as why, 1.0::real as rank from contribution where number = ${number}
      union all (select id, why, (case when why in ('words', 'translation') then 0.5 + 0.4 * least(1, nearness) when why = 'outcome' then 0.5
          else 0.4 * nearness end)::real
        from contributions_found(${words}, ${me.personId}, ${groupsOf(me)}::integer[], ${isTeam(me)}, 100))
      union all (select b.contribution_id, 'person', 0.6::real
        from called p cross join lateral (
          select b.contribution_id from contributor b
          where b.network_id = p.network_id and b.person_id = p.id and ${shown} and b.withdrawn_at is null
          order by b.contribution_id desc limit 100) b)),
    best as (select distinct on (id) * from hit order by id, rank desc)
    select c.number, c.title, b.why, b.rank, coalesce(case when b.why = 'translation' then (
        select t.words from translation t where t.network_id = c.network_id and t.about_kind = 'contribution'
          and t.about_id = c.id and t.search @@ websearch_to_tsquery('english', ${words}) order by t.id limit 1) end,
      c.shown_words) as piece
    from best b join contribution c on c.id = b.id
    where c.id in (select id from best) and exists (select 1 from (${mayRead}) r where r.id = c.id)
      and (c.state <> 'withdrawn' or b.why = 'reference')
    order by b.rank desc, c.number desc limit ${most}`
  return question(found, rows =>
    rows.map(row => ({
      kind: 'Contribution',
      title: row.title,
      href: contributionPaths.one(network.slug, reference('C', row.number)),
      reference: reference('C', row.number),
      why: whys[row.why],
      piece: shorten(row.piece, 160),
      rank: row.rank,
    })),
  )
}
