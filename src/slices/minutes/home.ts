import { type SqlBool, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dayOf as dayAt } from '#kernel/calendar/working-days.ts'
import { promisedBy } from '#kernel/clocks.ts'
import { reference } from '#kernel/references.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { HomePart, Visit } from '#platform/http/route.ts'
import { isTeam } from '#platform/permission.ts'
import { meetingPaths } from '#slices/meetings/index.ts'
import { laysThere, openDays } from './after/store.ts'
import { dueForReview, readableDecisions } from './decisions/store.ts'
import { minutesPaths } from './paths.ts'

/** For who runs meetings: minutes to write, corrections to answer, decisions to look at again; for volunteers, three questions. */
export function minutesAtHome(visit: Visit): Question<HomePart>[] {
  const { actor } = visit
  if (!actor) return []
  const led = actor.memberships
    .filter(each => each.role === 'chair' || each.role === 'deputy')
    .map(each => each.groupId)
  const runs = isTeam(actor) || led.length > 0
  return [
    ...(runs ? [toWrite(visit, led), toReview(visit, led)] : []),
    ...(actor.memberships.some(each => each.lay || each.role === 'volunteer') ? [toAnswer(visit)] : []),
  ]
}

const ofMine = (visit: Visit, led: readonly number[], column: string) =>
  isTeam(visit.me) ? sql<SqlBool>`true` : sql<SqlBool>`${sql.ref(column)} = any(${[...led]}::integer[])`

function toWrite(visit: Visit, led: readonly number[]): Question<HomePart> {
  const { tx, now, network, when } = visit
  const rows = tx
    .selectFrom('meeting as m')
    .select(['m.number', 'm.title', 'm.state', 'm.starts_at'])
    .select(
      sql<number>`(select count(*)::integer from minutes_correction c where c.network_id = m.network_id
        and c.meeting_id = m.id and c.answer is null)`.as('open'),
    )
    .where(ofMine(visit, led, 'm.group_id'))
    .where(
      sql<SqlBool>`((m.state = 'held' and (m.ended_at is not null
          or m.starts_at + make_interval(mins => m.minutes_long) < ${now}))
        or m.state = 'minutes-agreed' or exists (select from minutes_correction c where c.network_id = m.network_id
          and c.meeting_id = m.id and c.answer is null))`,
    )
    .orderBy('m.starts_at', 'desc')
    .limit(6)
  return question(rows, found => ({
    needs: found.map(row => ({
      title: row.title,
      href: minutesPaths.one(network.slug, reference('M', row.number)),
      hint: reference('M', row.number),
      status:
        row.state === 'held'
          ? 'Write the minutes'
          : row.open > 0
            ? 'Answer a correction to the minutes'
            : 'Publish the minutes',
      due:
        row.state === 'held'
          ? promisedBy('minutes', dayAt(Temporal.Instant.from(row.starts_at)), when.clocks)
          : null,
    })),
  }))
}

function toReview(visit: Visit, led: readonly number[]): Question<HomePart> {
  const { tx, today, network } = visit
  const rows = tx
    .selectFrom('board_decision as d')
    .innerJoin('agenda_item', join =>
      join.onRef('agenda_item.network_id', '=', 'd.network_id').onRef('agenda_item.id', '=', 'd.item_id'),
    )
    .innerJoin('meeting', join =>
      join.onRef('meeting.network_id', '=', 'd.network_id').onRef('meeting.id', '=', 'd.meeting_id'),
    )
    .select(['d.number', 'd.review_on'])
    .where(eb => readableDecisions(eb as never, visit.me) as never)
    .where(ofMine(visit, led, 'd.group_id'))
    .where(dueForReview(today))
    .orderBy('d.review_on')
    .limit(6)
  return question(rows, found => ({
    needs: found.map(row => ({
      title: `Decision ${row.number}`,
      href: minutesPaths.review(network.slug, row.number),
      status: 'Is it still right?',
      due: null,
    })),
  }))
}

function toAnswer(visit: Visit): Question<HomePart> {
  const { tx, now, network, me } = visit
  const rows = tx
    .selectFrom('meeting as m')
    .select(['m.number', 'm.title'])
    .where('m.ended_at', 'is not', null)
    .where('m.starts_at', '>', now.subtract({ hours: 24 * openDays }))
    .where(sql<SqlBool>`${me.personId} in (select v.person_id from (${laysThere}) v)`)
    .where(
      sql<SqlBool>`not exists (select from after_meeting_answered d where d.network_id = m.network_id
        and d.meeting_id = m.id and d.person_id = ${me.personId})`,
    )
    .orderBy('m.starts_at', 'desc')
    .limit(3)
  return question(rows, found => ({
    needs: found.map(row => ({
      title: 'How was the meeting for you?',
      href: meetingPaths.step(network.slug, reference('M', row.number), 'after'),
      hint: row.title,
      status: 'Three short questions',
      due: null,
    })),
  }))
}
