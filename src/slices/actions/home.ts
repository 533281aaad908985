import { type Expression, type SqlBool, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { type AsJson, type Question, question } from '#platform/database/questions.ts'
import type { Instant, PlainDate } from '#platform/database/tables.ts'
import type { HomeLine, HomePart, Visit } from '#platform/http/route.ts'
import { holdsPost, isTeam } from '#platform/permission.ts'
import { actionPaths } from './paths.ts'
import { timelineOf } from './timeline.tsx'

interface HomeRow {
  readonly number: number
  readonly what: string
  readonly state: string
  readonly due_on: PlainDate
  readonly owner_person_id: number
  readonly owner_name: string
  readonly wished_by: number | null
}

/** What I own, which dates wait for my word, and what others did to mine. */
export function actionsAtHome(visit: Visit, since: Instant | null): Question<HomePart>[] {
  const { actor, tx, today, network } = visit
  if (!actor) return []
  const led = actor.memberships
    .filter(each => each.role === 'chair' || each.role === 'deputy')
    .map(each => each.groupId)
  const decides = isTeam(actor)
    ? sql<SqlBool>`true`
    : led.length > 0
      ? sql<SqlBool>`a.group_id = any(${led}::integer[])`
      : sql<SqlBool>`false`
  const open: Expression<HomeRow> = tx
    .selectFrom('action as a')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'a.network_id').onRef('p.id', '=', 'a.owner_person_id'),
    )
    .select(['a.number', 'a.what', 'a.state', 'a.due_on', 'a.owner_person_id', 'p.name as owner_name'])
    .select(sql<number | null>`(a.state_data -> 'wish' ->> 'byPersonId')::integer`.as('wished_by'))
    .where(sql<SqlBool>`a.state in ('open', 'asked-for-another-date')`)
    .where(
      sql<SqlBool>`(a.owner_person_id = ${actor.personId}
        or (${decides} and (a.state = 'asked-for-another-date' or a.due_on < ${today})))`,
    )
    .orderBy('a.due_on')
    .orderBy('a.id')
    .limit(30)
  const line = (row: AsJson<HomeRow>, status: string, hint?: string): HomeLine => ({
    title: shorten(row.what, 100),
    href: actionPaths.one(network.slug, reference('A', row.number)),
    status,
    hint: [reference('A', row.number), hint].filter(Boolean).join(', '),
    due: Temporal.PlainDate.from(row.due_on),
  })
  const sorted = (rows: readonly AsJson<HomeRow>[]): HomePart => {
    const needs: HomeLine[] = []
    const waiting: HomeLine[] = []
    for (const row of rows) {
      const mine = row.owner_person_id === actor.personId
      if (row.state === 'asked-for-another-date') {
        if (mine || row.wished_by === actor.personId) {
          waiting.push(line(row, 'Asked for another date', 'the chair or the deputy answers'))
        } else needs.push(line(row, 'Another date is wished for', `${row.owner_name} asks`))
      } else if (mine) needs.push(line(row, 'Yours to do'))
      // A late one is the owner's to do; who leads looks after it, the portfolio manager for the whole network.
      else if (led.length > 0 || holdsPost(actor, 'portfolio-manager')) {
        waiting.push(line(row, 'Late', `${row.owner_name} does it`))
      }
    }
    return { needs, waiting }
  }
  return [question(open, sorted), ...(since ? [moved(visit, since)] : [])]
}

/** What others did, since then, to the actions that I own. */
function moved(visit: Visit, since: Instant): Question<HomePart> {
  const me = visit.me.personId
  const events = visit.tx
    .selectFrom('action as a')
    .innerJoin('history as h', join =>
      join
        .onRef('h.network_id', '=', 'a.network_id')
        .onRef('h.thing_id', '=', 'a.id')
        .on('h.thing_kind', '=', 'action'),
    )
    .select(['a.number', 'a.what', 'h.event', 'h.details', 'h.by_words', 'h.at'])
    .where('a.owner_person_id', '=', me)
    .where('h.at', '>', since)
    .where(eb => eb.or([eb('h.by_person_id', 'is', null), eb('h.by_person_id', '!=', me)]))
    .orderBy('h.id', 'desc')
    .limit(10)
  return question(events, rows => ({
    moved: rows.map(row => ({
      title: shorten(row.what, 100),
      href: actionPaths.one(visit.network.slug, reference('A', row.number)),
      status: timelineOf(row.event, row.details as Record<string, unknown>).title,
      hint: `${reference('A', row.number)}, ${row.by_words}, ${dateInWords(day(row.at))}`,
      at: Temporal.Instant.from(row.at),
    })),
  }))
}

const day = (at: string) => Temporal.Instant.from(at).toZonedDateTimeISO('Europe/London').toPlainDate()
