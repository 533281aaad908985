import { type Expression, sql } from 'kysely'
import { shorten } from '#kernel/text/graphemes.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { HomePart, SearchHit, Visit, WeekRow } from '#platform/http/route.ts'
import { anInsider, isTeam } from '#platform/permission.ts'
import { learningPaths } from './paths.ts'
import { openWordWishes, wishesOf } from './queries.ts'
import { stateWords } from './wish.ts'

/** What I wanted to know and wait for; for the team, what waits for an answer and which words are asked for. */
export function learningAtHome(visit: Visit): Question<HomePart>[] {
  const { actor, network, today } = visit
  if (!actor || !anInsider.holds(actor, undefined)) return []
  const { slug } = network
  const own = wishesOf({ of: actor.personId }, { today, most: 10 })
  const parts: Question<HomePart>[] = [
    {
      rows: own.rows,
      read: rows => {
        const all = own.read(rows)
        return {
          waiting: all
            .filter(each => each.state === 'asked' || each.state === 'in-a-session')
            .map(each => ({
              title: shorten(each.words, 100),
              href: learningPaths.one(slug, each.id),
              status: stateWords[each.state],
              hint: 'You wanted to know more',
              due: each.state === 'asked' ? each.dueOn : null,
            })),
        }
      },
    },
  ]
  if (!isTeam(actor)) return parts
  const open = wishesOf({ team: 'open' }, { today, most: 10 })
  const words = openWordWishes(10)
  return [
    ...parts,
    {
      rows: open.rows,
      read: rows => ({
        needs: open.read(rows).map(each => ({
          title: shorten(each.words, 100),
          href: learningPaths.one(slug, each.id),
          status: 'Answer, or set a day',
          hint: `${each.name} would like to know more`,
          due: each.dueOn,
        })),
      }),
    },
    {
      rows: words.rows,
      read: rows => ({
        needs: words.read(rows).map(each => ({
          title: `What does “${shorten(each.word, 60)}” mean?`,
          href: learningPaths.wordWish(slug, each.id),
          status: 'Explain the word',
          due: each.dueOn,
        })),
      }),
    },
  ]
}

export const learningInWeek = (_visit: Visit): Expression<WeekRow>[] => [
  sql<WeekRow>`select 'Answer what somebody would like to know'::text as promise, ('learning:' || x.id)::text as key,
    left(x.words, 100)::text as title, ('/learning/' || x.id)::text as path, null::int as person_id,
    x.due_on::date as due_on from learning_wish x where x.state = 'asked'`,
  sql<WeekRow>`select 'Explain a word'::text as promise, ('word:' || x.id)::text as key, x.word::text as title,
    ('/team/words/asked/' || x.id)::text as path, null::int as person_id, x.due_on::date as due_on
    from word_wish x where x.state = 'asked'`,
]

interface Found {
  readonly kind: 'word' | 'wish'
  readonly id: number
  readonly title: string
  readonly piece: string
  readonly rank: number
}

/** Words of the list, which anybody may read; answers of the library and one's own wishes. */
export function findLearning(visit: Visit, words: string): Question<readonly SearchHit[]> | undefined {
  if (words === '') return undefined
  const { actor, network } = visit
  const query = sql`websearch_to_tsquery('english', ${words})`
  const like = `%${words.replace(/[\\%_]/g, '\\$&')}%`
  const insider = anInsider.holds(actor, undefined)
  const me = actor?.personId ?? -1
  const team = actor !== undefined && isTeam(actor)
  return question(
    sql<Found>`select * from (
      select 'word' as kind, w.id, w.word as title, w.meaning as piece,
        case when lower(w.word) = lower(${words}) then 0.97 else 0.5 end as rank
      from (select distinct on (o.key) o.* from word_meaning o order by o.key, o.id desc) w
      where not w.taken_out and (w.word ilike ${like} or w.also ilike ${like})
      union all
      select 'wish', x.id, case when x.title = '' then left(x.words, 100) else x.title end,
        case when x.answer = '' then x.words else x.answer end, least(0.9, 0.3 + ts_rank(x.search, ${query}) * 4)
      from learning_wish x where x.search @@ ${query} and (x.person_id = ${me} or ${team}
        or (${insider} and x.state = 'answered' and x.asker_shares and x.team_shares))) f
      order by rank desc, kind, id desc limit 20`,
    rows =>
      rows.map(row => ({
        kind: row.kind === 'word' ? 'Word' : 'Learning',
        title: shorten(row.title, 100),
        href:
          row.kind === 'word'
            ? `${learningPaths.words(network.slug)}?${new URLSearchParams({ q: row.title })}`
            : learningPaths.one(network.slug, row.id),
        why: row.kind === 'word' ? 'The word matches' : 'The words match',
        piece: shorten(row.piece, 200),
        rank: Number(row.rank),
      })),
  )
}
