import { type SqlBool, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { readReference, reference } from '#kernel/references.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { SearchHit, Visit } from '#platform/http/route.ts'
import { readableMeetings } from '../access.ts'
import { meetingWords } from '../meeting.ts'
import { meetingPaths } from '../paths.ts'
import { placeInWords } from '../planning/place.ts'
import { dayAndTime } from '../words.ts'

/** By reference, and by the words of its name, its group and its place: only meetings that this person may see. */
export function findMeetings(visit: Visit, words: string): Question<readonly SearchHit[]> | undefined {
  const { actor, tx, network } = visit
  if (!actor || words === '') return undefined
  const number = readReference('M', words) ?? -1
  const text = sql`to_tsvector('english', meeting.title || ' ' || g.name || ' ' || g.short_name || ' ' || meeting.place
    || ' ' || meeting.venue)`
  const found = tx
    .selectFrom('meeting')
    .innerJoin('network_group as g', join =>
      join.onRef('g.network_id', '=', 'meeting.network_id').onRef('g.id', '=', 'meeting.group_id'),
    )
    .select(['meeting.number', 'meeting.title', 'meeting.state', 'meeting.starts_at'])
    .select(['meeting.kind', 'meeting.place', 'meeting.venue'])
    .select(
      sql<number>`case when meeting.number = ${number} then 1
        else least(0.9, ts_rank(${text}, websearch_to_tsquery('english', ${words})) * 4) end`.as('rank'),
    )
    .where(eb => readableMeetings(eb, actor))
    .where(sql<SqlBool>`(meeting.number = ${number} or ${text} @@ websearch_to_tsquery('english', ${words}))`)
    .orderBy('rank', 'desc')
    .orderBy('meeting.starts_at', 'desc')
    .limit(20)
  return question(found, rows =>
    rows.map(row => ({
      kind: 'Meeting',
      title: row.title,
      href: meetingPaths.one(network.slug, reference('M', row.number)),
      reference: reference('M', row.number),
      why: row.number === number ? 'The reference matches' : 'The words match',
      piece: `${dayAndTime(Temporal.Instant.from(row.starts_at))}. ${placeInWords(row)}. ${meetingWords[row.state]}`,
      rank: Number(row.rank),
    })),
  )
}
