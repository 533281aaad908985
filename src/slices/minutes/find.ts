import { type SqlBool, sql } from 'kysely'
import { shorten } from '#kernel/text/graphemes.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { SearchHit, Visit } from '#platform/http/route.ts'
import { readableDecisions } from './decisions/store.ts'
import { minutesPaths } from './paths.ts'

/** Decisions by number and by words: only those that this person may read. */
export function findDecisions(visit: Visit, words: string): Question<readonly SearchHit[]> | undefined {
  const { actor, tx, network } = visit
  if (!actor || words === '') return undefined
  const number = Number(/^\s*decision\s+(\d{1,9})\s*$/i.exec(words)?.[1] ?? -1)
  const found = tx
    .selectFrom('board_decision as d')
    .innerJoin('agenda_item', join =>
      join.onRef('agenda_item.network_id', '=', 'd.network_id').onRef('agenda_item.id', '=', 'd.item_id'),
    )
    .innerJoin('meeting', join =>
      join.onRef('meeting.network_id', '=', 'd.network_id').onRef('meeting.id', '=', 'd.meeting_id'),
    )
    .select(['d.number', 'd.text', 'd.because'])
    .select(
      sql<number>`case when d.number = ${number} then 1
        else least(0.95, ts_rank(d.search, websearch_to_tsquery('english', ${words})) * 4) end`.as('rank'),
    )
    .where(eb => readableDecisions(eb as never, actor) as never)
    .where(sql<SqlBool>`(d.number = ${number} or d.search @@ websearch_to_tsquery('english', ${words}))`)
    .orderBy('rank', 'desc')
    .orderBy('d.id', 'desc')
    .limit(20)
  return question(found, rows =>
    rows.map(row => ({
      kind: 'Decision',
      title: shorten(row.text, 100),
      href: minutesPaths.decision(network.slug, row.number),
      reference: `Decision ${row.number}`,
      why: row.number === number ? 'The number matches' : 'The words match',
      piece: shorten(row.because, 200),
      rank: Number(row.rank),
    })),
  )
}
