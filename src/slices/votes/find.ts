import { type SqlBool, sql } from 'kysely'
import { readReference, reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { SearchHit, Visit } from '#platform/http/route.ts'
import { notExcluded, readableItems } from '#slices/meetings/index.ts'
import { stateWords } from './motion.ts'
import { votePaths } from './paths.ts'

/** By reference and by words: only motions that this person may read. */
export function findMotions(visit: Visit, words: string): Question<readonly SearchHit[]> | undefined {
  const { actor, tx, network } = visit
  if (!actor || words === '') return undefined
  const number = readReference('V', words) ?? -1
  const found = tx
    .selectFrom('motion')
    .innerJoin('agenda_item', join =>
      join
        .onRef('agenda_item.network_id', '=', 'motion.network_id')
        .onRef('agenda_item.id', '=', 'motion.item_id'),
    )
    .innerJoin('meeting', join =>
      join
        .onRef('meeting.network_id', '=', 'motion.network_id')
        .onRef('meeting.id', '=', 'motion.meeting_id'),
    )
    .select(['motion.number', 'motion.text', 'motion.state'])
    .select(
      sql<number>`case when motion.number = ${number} then 1
        else least(0.95, ts_rank(motion.search, websearch_to_tsquery('english', ${words})) * 4) end`.as(
        'rank',
      ),
    )
    .where(eb =>
      eb.or([
        readableItems(eb as never, actor) as never,
        sql<SqlBool>`exists (select from voter v where v.network_id = motion.network_id and v.motion_id = motion.id
          and v.person_id = ${actor.personId})`,
      ]),
    )
    .where(notExcluded(actor, sql.ref('motion.item_id')))
    .where(
      sql<SqlBool>`(motion.number = ${number} or motion.search @@ websearch_to_tsquery('english', ${words}))`,
    )
    .orderBy('rank', 'desc')
    .orderBy('motion.id', 'desc')
    .limit(20)
  return question(found, rows =>
    rows.map(row => {
      const mark = reference('V', row.number)
      return {
        kind: 'Vote',
        title: shorten(row.text, 100),
        href: votePaths.one(network.slug, mark),
        reference: mark,
        why: row.number === number ? 'The reference matches' : 'The words match',
        piece: `${stateWords[row.state]}. ${shorten(row.text, 200)}`,
        rank: Number(row.rank),
      }
    }),
  )
}
