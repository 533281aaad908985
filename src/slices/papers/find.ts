import { type SqlBool, sql } from 'kysely'
import { readReference, reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { SearchHit, Visit } from '#platform/http/route.ts'
import { meetingPaths, readablePapers } from '#slices/meetings/index.ts'
import { stateWords } from './paper.ts'

/** By reference, by title and summary, and by the text that its readers have: only what this person may read. */
export function findPapers(visit: Visit, words: string): Question<readonly SearchHit[]> | undefined {
  const { actor, tx, network } = visit
  if (!actor || words === '') return undefined
  const number = readReference('P', words) ?? -1
  const asked = sql`websearch_to_tsquery('english', ${words})`
  // What is out, or what is being prepared where nothing is out yet.
  const shown = sql`(select v.id from paper_version v
    where v.network_id = paper.network_id and v.paper_id = paper.id and (v.out_at is not null or paper.state = 'draft')
    order by v.number desc limit 1)`
  const found = tx
    .selectFrom('paper')
    .innerJoin('meeting', join =>
      join.onRef('meeting.network_id', '=', 'paper.network_id').onRef('meeting.id', '=', 'paper.meeting_id'),
    )
    .leftJoin('paper_version as v', join =>
      join.onRef('v.network_id', '=', 'paper.network_id').on('v.id', '=', sql<number>`${shown}`),
    )
    .select([
      'paper.number',
      'paper.title',
      'paper.summary',
      'paper.state',
      'meeting.number as meeting_number',
    ])
    .select([
      sql<boolean>`paper.search @@ ${asked}`.as('by_words'),
      sql<boolean>`coalesce(v.search @@ ${asked}, false)`.as('by_text'),
      sql<number>`case when paper.number = ${number} then 1 else least(0.95, greatest(
        ts_rank(paper.search, ${asked}) * 4, coalesce(ts_rank(v.search, ${asked}), 0) * 2,
        word_similarity(${words}, paper.title) * 0.8)) end`.as('rank'),
    ])
    .where(eb => readablePapers(eb, actor))
    .where('paper.state', '<>', 'withdrawn')
    .where(
      sql<SqlBool>`(paper.number = ${number} or paper.search @@ ${asked} or v.search @@ ${asked}
        or ${words} <% paper.title)`,
    )
    .orderBy('rank', 'desc')
    .orderBy('paper.id', 'desc')
    .limit(20)
  return question(found, rows =>
    rows.map(row => ({
      kind: 'Paper',
      title: shorten(row.title, 100),
      href: meetingPaths.paper(network.slug, reference('M', row.meeting_number), reference('P', row.number)),
      reference: reference('P', row.number),
      why:
        row.number === number
          ? 'The reference matches'
          : row.by_words
            ? 'The words match'
            : row.by_text
              ? 'The words are in the paper'
              : 'The words are nearly the same',
      piece: `${row.state === 'out' ? '' : `${stateWords[row.state]}. `}${shorten(row.summary, 200)}`,
      rank: Number(row.rank),
    })),
  )
}
