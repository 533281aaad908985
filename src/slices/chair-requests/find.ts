import { sql } from 'kysely'
import { readReference, reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { SearchHit, Visit } from '#platform/http/route.ts'
import { anInsider, groupsOf, isTeam } from '#platform/permission.ts'
import type { State } from './chair-request.ts'
import { requestPaths } from './paths.ts'
import { stateWords } from './words.ts'

interface Found {
  readonly number: number
  readonly what: string
  readonly state: State
  readonly group_slug: string
  readonly answer_id: number | null
  readonly piece: string
  readonly by_words: boolean
  readonly by_answer: boolean
  readonly by_translation: boolean
  readonly by_person: boolean
  readonly rank: number
}

/**
 * Requests that this person may see, and what stands in the libraries, which every insider may read. The rule is that
 * of `readable`; here it stands beside the library's in one question.
 */
export function findRequests(visit: Visit, words: string): Question<readonly SearchHit[]> | undefined {
  const { actor, network } = visit
  if (!actor || words === '') return undefined
  const number = readReference('R', words) ?? -1
  const query = sql`websearch_to_tsquery('english', ${words})`
  const named = words.length > 2 ? sql`p.name ilike ${`%${likeable(words)}%`}` : sql`false`
  const mayRead = sql`(${isTeam(actor)} or r.asker_person_id = ${actor.personId}
    or r.group_id = any(${groupsOf(actor)}::integer[]))`
  const translated = sql`r.id in (select t.about_id from translation t
    where t.about_kind = 'chair-request' and t.search @@ ${query})`
  const found = sql<Found>`
    select r.number, r.what, r.state, g.slug as group_slug, null::integer as answer_id, r.why as piece,
      r.search @@ ${query} as by_words,
      exists (select from chair_request_answer a where a.network_id = r.network_id and a.request_id = r.id
              and a.search @@ ${query}) as by_answer,
      ${translated} as by_translation,
      ${named} as by_person,
      case when r.number = ${number} then 1 else least(0.95, greatest(ts_rank(r.search, ${query}) * 4,
        word_similarity(${words}, r.what || ' ' || r.why) * 0.8, case when ${named} then 0.5 else 0.3 end)) end as rank
    from chair_request r
      join network_group g on g.network_id = r.network_id and g.id = r.group_id
      join person p on p.network_id = r.network_id and p.id = r.asker_person_id
    where ${mayRead} and (r.number = ${number} or r.search @@ ${query} or ${words} <% (r.what || ' ' || r.why) or ${named}
      or r.id in (select a.request_id from chair_request_answer a where a.search @@ ${query}) or ${translated})
    union all
    select r.number, r.what, r.state, g.slug, a.id, a.words, true, true, false, false,
      least(0.9, greatest(ts_rank(a.search, ${query}), ts_rank(r.search, ${query})) * 4)
    from chair_request_answer a
      join chair_request r on r.network_id = a.network_id and r.id = a.request_id
      join network_group g on g.network_id = r.network_id and g.id = r.group_id
    where ${anInsider.holds(actor, undefined)} and a.asker_consent_at is not null and a.group_consent_at is not null
      and not ${mayRead} and (a.search @@ ${query} or r.search @@ ${query})
    order by rank desc, number desc limit 20`
  return question(found, rows =>
    rows.map(row => {
      const mark = reference('R', row.number)
      if (row.answer_id !== null) {
        return {
          kind: 'Library',
          title: shorten(row.what, 100),
          href: requestPaths.entry(network.slug, row.group_slug, row.answer_id),
          why: 'The words match',
          piece: shorten(row.piece, 200),
          rank: Number(row.rank),
        }
      }
      return {
        kind: 'Request',
        title: shorten(row.what, 100),
        href: requestPaths.one(network.slug, mark),
        reference: mark,
        why:
          row.number === number
            ? 'The reference matches'
            : row.by_words
              ? 'The words match'
              : row.by_answer
                ? 'The words of the answer match'
                : row.by_translation
                  ? 'The words of a translation match'
                  : row.by_person
                    ? 'The name of who asked matches'
                    : 'The words are nearly the same',
        piece: `${stateWords[row.state]}. ${shorten(row.piece, 200)}`,
        rank: Number(row.rank),
      }
    }),
  )
}

/** In `like`, these three have a meaning of their own. */
const likeable = (words: string) => words.replace(/[\\%_]/g, '\\$&')
