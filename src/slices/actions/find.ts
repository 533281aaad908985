import { type SqlBool, sql } from 'kysely'
import { readReference, reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { SearchHit, Visit } from '#platform/http/route.ts'
import { readable } from './access.ts'
import { stateWords } from './action.ts'
import { actionPaths } from './paths.ts'

/** By reference, by words, by words nearly spelled so, and by who owns it: only what this person may see. */
export function findActions(visit: Visit, words: string): Question<readonly SearchHit[]> | undefined {
  const { actor, tx, network } = visit
  if (!actor || words === '') return undefined
  const number = readReference('A', words) ?? -1
  const found = tx
    .selectFrom('action')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'action.network_id').onRef('p.id', '=', 'action.owner_person_id'),
    )
    .select(['action.number', 'action.what', 'action.state', 'p.name as owner_name'])
    .select([
      sql<boolean>`action.search @@ websearch_to_tsquery('english', ${words})`.as('by_words'),
      sql<boolean>`p.name ilike '%' || ${likeable(words)} || '%'`.as('by_owner'),
      sql<number>`case when action.number = ${number} then 1
        else least(0.95, greatest(
          ts_rank(action.search, websearch_to_tsquery('english', ${words})) * 4,
          word_similarity(${words}, action.what) * 0.8,
          case when p.name ilike '%' || ${likeable(words)} || '%' then 0.5 else 0 end)) end`.as('rank'),
    ])
    .where(eb => readable(eb, actor))
    .where(
      sql<SqlBool>`(action.number = ${number}
        or action.search @@ websearch_to_tsquery('english', ${words})
        or ${words} <% action.what
        or (length(${words}) > 2 and p.name ilike '%' || ${likeable(words)} || '%'))`,
    )
    .orderBy('rank', 'desc')
    .orderBy('action.id', 'desc')
    .limit(20)
  return question(found, rows =>
    rows.map(row => ({
      kind: 'Action',
      title: shorten(row.what, 100),
      href: actionPaths.one(network.slug, reference('A', row.number)),
      reference: reference('A', row.number),
      why:
        row.number === number
          ? 'The reference matches'
          : row.by_words
            ? 'The words match'
            : row.by_owner
              ? `${row.owner_name} does it`
              : 'The words are nearly the same',
      piece: `${stateWords[row.state]}. ${shorten(row.what, 200)}`,
      rank: Number(row.rank),
    })),
  )
}

/** In `like`, these three have a meaning of their own. */
const likeable = (words: string) => words.replace(/[\\%_]/g, '\\$&')
