import { type Expression, type SqlBool, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { isLate } from '#kernel/calendar/working-days.ts'
import { reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { type AsJson, type Question, question } from '#platform/database/questions.ts'
import type { Instant, PlainDate } from '#platform/database/tables.ts'
import type { HomeLine, HomePart, Visit } from '#platform/http/route.ts'
import { holdsPost, leads } from '#platform/permission.ts'
import type { State } from './chair-request.ts'
import { requestPaths } from './paths.ts'
import { timelineOf } from './timeline.tsx'
import { stateWords } from './words.ts'

interface HomeRow {
  readonly number: number
  readonly what: string
  readonly state: string
  readonly waits_for: string
  readonly due_on: PlainDate | null
  readonly group_id: number
  readonly group_name: string
  readonly asker_person_id: number
  readonly asker_name: string
  readonly holder_person_id: number | null
}

/** What waits for my answer or my word, what I wait for, and what moved of what I asked. */
export function requestsAtHome(visit: Visit, since: Instant | null): Question<HomePart>[] {
  const { actor, tx, today, network } = visit
  if (!actor) return []
  const led = actor.memberships
    .filter(each => each.role === 'chair' || each.role === 'deputy')
    .map(each => each.groupId)
  const isManager = holdsPost(actor, 'portfolio-manager')
  const open: Expression<HomeRow> = tx
    .selectFrom('chair_request as r')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'r.network_id').onRef('p.id', '=', 'r.asker_person_id'),
    )
    .innerJoin('network_group as g', join =>
      join.onRef('g.network_id', '=', 'r.network_id').onRef('g.id', '=', 'r.group_id'),
    )
    .select([
      'r.number',
      'r.what',
      'r.state',
      'r.waits_for',
      'r.due_on',
      'r.group_id',
      'g.name as group_name',
      'r.asker_person_id',
      'p.name as asker_name',
      'r.holder_person_id',
    ])
    .where(
      sql<SqlBool>`((r.asker_person_id = ${actor.personId} and r.waits_for <> 'nobody')
        or (r.waits_for = 'group' and r.group_id = any(${led}::integer[]))
        or (${isManager} and (r.waits_for = 'portfolio-manager' or (r.waits_for = 'group' and r.due_on < ${today}))))`,
    )
    .orderBy('r.due_on')
    .orderBy('r.id')
    .limit(40)
  const sorted = (rows: readonly AsJson<HomeRow>[]): HomePart => {
    const needs: HomeLine[] = []
    const waiting: HomeLine[] = []
    for (const row of rows) {
      const due = row.due_on === null ? null : Temporal.PlainDate.from(row.due_on)
      const late = isLate(due, today)
      const line = (status: string, hint: string): HomeLine => ({
        title: shorten(row.what, 100),
        href: requestPaths.one(network.slug, reference('R', row.number)),
        status,
        hint: `${reference('R', row.number)}, ${hint}`,
        due,
      })
      const asks = `${row.asker_name} asks ${row.group_name}`
      if (row.waits_for === 'group' && leads(actor, row.group_id)) {
        const mine = row.holder_person_id === actor.personId
        if (mine || late)
          needs.push(line(row.state === 'asked' ? 'Say that you have it' : 'Wants an answer', asks))
        else waiting.push(line('With the other one who leads', asks))
      } else if (row.waits_for === 'portfolio-manager' && isManager) {
        needs.push(line('Yours to answer', asks))
      } else if (row.asker_person_id === actor.personId) {
        if (row.state === 'answered') needs.push(line('Does this answer it?', `${row.group_name} answered`))
        else if (row.state === 'needs-asker') needs.push(line('They ask you something', row.group_name))
        else waiting.push(line(stateWords[row.state as State], row.group_name))
      } else waiting.push(line('Late', asks))
    }
    return { needs, waiting }
  }
  return [question(open, sorted), ...(since ? [moved(visit, since)] : [])]
}

/** What others did, since then, to what I asked. */
function moved(visit: Visit, since: Instant): Question<HomePart> {
  const me = visit.me.personId
  const events = visit.tx
    .selectFrom('chair_request as r')
    .innerJoin('history as h', join =>
      join
        .onRef('h.network_id', '=', 'r.network_id')
        .onRef('h.thing_id', '=', 'r.id')
        .on('h.thing_kind', '=', 'chair-request'),
    )
    .select(['r.number', 'r.what', 'h.event', 'h.details', 'h.by_words', 'h.at'])
    .where('r.asker_person_id', '=', me)
    .where('h.at', '>', since)
    .where(eb => eb.or([eb('h.by_person_id', 'is', null), eb('h.by_person_id', '!=', me)]))
    .orderBy('h.id', 'desc')
    .limit(10)
  return question(events, rows => ({
    moved: rows.map(row => ({
      title: shorten(row.what, 100),
      href: requestPaths.one(visit.network.slug, reference('R', row.number)),
      status: timelineOf(row.event, row.details as Record<string, unknown>).title,
      hint: `${reference('R', row.number)}, ${row.by_words}`,
      at: Temporal.Instant.from(row.at),
    })),
  }))
}
