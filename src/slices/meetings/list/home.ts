import { type SqlBool, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { reference } from '#kernel/references.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { Instant, PlainDate, Tx } from '#platform/database/tables.ts'
import type { HomePart, Visit } from '#platform/http/route.ts'
import { type Actor, groupsOf, isTeam } from '#platform/permission.ts'
import { networkPaths, rhythmFacts, rhythmWarnings } from '#slices/networks/index.ts'
import { readableMeetings } from '../access.ts'
import { meetingWords } from '../meeting.ts'
import { meetingPaths } from '../paths.ts'
import { placeInWords } from '../planning/place.ts'
import { dayAndTime } from '../words.ts'

/** The next meetings with what is asked of me, what others changed about them, and for whom runs them the rhythm. */
export function meetingsAtHome(visit: Visit, since: Instant | null): readonly Question<HomePart>[] {
  const { actor } = visit
  if (!actor || (groupsOf(actor).length === 0 && !isTeam(actor))) return []
  return [
    nextMeetings(visit, actor),
    ...(since ? [changedMeetings(visit, actor, since)] : []),
    ...(leadsSome(actor) ? [groupsOutOfRhythm(visit, actor)] : []),
  ]
}

const leadsSome = (actor: Actor) =>
  isTeam(actor) || actor.memberships.some(each => each.role === 'chair' || each.role === 'deputy')

/** The next one, and what else comes within a fortnight. */
function nextMeetings({ tx, now, today, network }: Visit, actor: Actor): Question<HomePart> {
  const found = tx
    .selectFrom('meeting')
    .select([
      'meeting.number',
      'meeting.title',
      'meeting.state',
      'meeting.starts_at',
      'meeting.papers_due_on',
    ])
    .select(['meeting.kind', 'meeting.place', 'meeting.venue'])
    .where(eb => readableMeetings(eb, actor))
    .where('meeting.state', 'in', ['planned', 'agenda-open', 'agenda-set', 'papers-out'])
    .where(sql<SqlBool>`meeting.starts_at + make_interval(mins => meeting.minutes_long) > ${now}`)
    .orderBy('meeting.starts_at')
    .orderBy('meeting.id')
    .limit(4)
  return question(found, rows => {
    const lines = rows.map(row => {
      const at = Temporal.Instant.from(row.starts_at)
      const days = today.until(dayOf(at)).days
      return {
        title: row.title,
        href: meetingPaths.one(network.slug, reference('M', row.number)),
        hint: `${dayAndTime(at)}. ${placeInWords(row)}. ${meetingWords[row.state]}`,
        status: inDays(days),
        days,
      }
    })
    return { coming: lines.filter((line, index) => index === 0 || line.days <= 14) }
  })
}

const inDays = (days: number) => (days <= 0 ? 'Today' : days === 1 ? 'Tomorrow' : `In ${days} days`)

const changeWords: Record<string, string> = {
  planned: 'Planned',
  moved: 'Moved',
  cancelled: 'Cancelled',
  'details-changed': 'Something has changed',
}

function changedMeetings({ tx, network }: Visit, actor: Actor, since: Instant): Question<HomePart> {
  const events = tx
    .selectFrom('meeting')
    .innerJoin('history as h', join =>
      join
        .onRef('h.network_id', '=', 'meeting.network_id')
        .onRef('h.thing_id', '=', 'meeting.id')
        .on('h.thing_kind', '=', 'meeting'),
    )
    .select(['meeting.number', 'meeting.title', 'h.event', 'h.by_words', 'h.at'])
    .where(eb => readableMeetings(eb, actor))
    .where('h.event', 'in', Object.keys(changeWords))
    .where('h.at', '>', since)
    .where(eb => eb.or([eb('h.by_person_id', 'is', null), eb('h.by_person_id', '!=', actor.personId)]))
    .orderBy('h.id', 'desc')
    .limit(5)
  return question(events, rows => ({
    moved: rows.map(row => ({
      title: row.title,
      href: meetingPaths.one(network.slug, reference('M', row.number)),
      status: changeWords[row.event]!,
      hint: `${row.by_words}, ${dateInWords(dayOf(Temporal.Instant.from(row.at)))}`,
      at: Temporal.Instant.from(row.at),
    })),
  }))
}

const warningWords = {
  'not-planned': 'Plan the next meeting of',
  'too-far': 'Plan an earlier meeting of',
  'in-person': 'Plan a meeting in person of',
} as const

/** Groups whose next meeting is not planned in time, for their chair, their deputy and the team. */
function groupsOutOfRhythm({ tx, today, network }: Visit, actor: Actor): Question<HomePart> {
  const led = actor.memberships
    .filter(each => each.role === 'chair' || each.role === 'deputy')
    .map(each => each.groupId)
  const groups = tx
    .selectFrom('network_group as g')
    .select(['g.slug', 'g.short_name', rhythmFacts('g', today).as('facts')])
    .where('g.cadence_weeks', 'is not', null)
    .$if(!isTeam(actor), query => query.where('g.id', 'in', led))
    .orderBy('g.name')
  return question(groups, rows => ({
    needs: rows.flatMap(row =>
      rhythmWarnings(row.facts, today)
        .slice(0, 1)
        .map(warning => ({
          title: `${warningWords[warning.kind]} ${row.short_name}`,
          href: networkPaths.group(network.slug, row.slug),
          status: warning.kind === 'too-far' ? 'Far away' : 'Not planned',
          hint: warning.sentence,
        })),
    ),
  }))
}

/** Groups whose next meeting is not planned in time: for operators' numbers. */
export async function lateMeetings(tx: Tx, today: PlainDate): Promise<Record<string, number>> {
  const rows = await tx
    .selectFrom('network_group as g')
    .select(rhythmFacts('g', today).as('facts'))
    .where('g.cadence_weeks', 'is not', null)
    .execute()
  return { meetings: rows.filter(each => rhythmWarnings(each.facts, today).length > 0).length }
}
