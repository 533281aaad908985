import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import type { PlainDate } from '#platform/database/tables.ts'

/** When a group met and meets, and how often it is meant to; days as texts, since they come out of JSON. */
export interface RhythmFacts {
  readonly cadenceWeeks: number | null
  readonly inPersonMonths: number | null
  /** The first meeting that the network knows of. */
  readonly first: string | null
  readonly last: string | null
  readonly next: string | null
  readonly lastInPerson: string | null
  readonly nextInPerson: string | null
}

export interface RhythmWarning {
  readonly kind: 'not-planned' | 'too-far' | 'in-person'
  readonly sentence: string
}

/** "About every 9 weeks": a week more is still about. */
const slackWeeks = 1
/** So long before the time is up, the page says that a meeting in person is wanted. */
const noticeMonths = 3

/** What is wrong with a group's rhythm today (BOARD-1). */
export function rhythmWarnings(facts: RhythmFacts, today: PlainDate): readonly RhythmWarning[] {
  return [...nextWarning(facts, today), ...inPersonWarning(facts, today)]
}

const dayIn = (text: string | null) => (text === null ? undefined : Temporal.PlainDate.from(text))
const isAfter = (one: PlainDate, other: PlainDate) => Temporal.PlainDate.compare(one, other) > 0

function nextWarning(facts: RhythmFacts, today: PlainDate): RhythmWarning[] {
  const { cadenceWeeks: weeks } = facts
  if (weeks === null) return []
  const last = dayIn(facts.last)
  const next = dayIn(facts.next)
  const from = last ?? today
  if (next === undefined) {
    const by = from.add({ weeks })
    const until = isAfter(by, today) ? ` It should be by ${dateInWords(by)}.` : ''
    const was = last ? ` The last one was on ${dateInWords(last)}.` : ''
    return [{ kind: 'not-planned', sentence: `The next meeting is not planned yet.${was}${until}` }]
  }
  if (!isAfter(next, from.add({ weeks: weeks + slackWeeks }))) return []
  const since = last ? `the last one was on ${dateInWords(last)}` : 'there was none before'
  return [
    {
      kind: 'too-far',
      sentence: `The next meeting is on ${dateInWords(next)}, and ${since}. The group is meant to meet ${weeksInWords(weeks)}.`,
    },
  ]
}

function inPersonWarning(facts: RhythmFacts, today: PlainDate): RhythmWarning[] {
  const { inPersonMonths: months } = facts
  const last = dayIn(facts.lastInPerson)
  const from = last ?? dayIn(facts.first)
  if (months === null || from === undefined) return []
  const by = from.add({ months })
  const next = dayIn(facts.nextInPerson)
  if (next && !isAfter(next, by)) return []
  if (isAfter(by, today.add({ months: noticeMonths }))) return []
  const was = last
    ? `The last meeting in person was on ${dateInWords(last)}.`
    : 'There was no meeting in person yet.'
  const wanted = isAfter(by, today)
    ? `One is wanted by ${dateInWords(by)}.`
    : `${monthsInWords(months)} have passed without one.`
  return [{ kind: 'in-person', sentence: `${was} ${wanted}` }]
}

/** "about every 9 weeks", "every week". */
export const weeksInWords = (weeks: number): string =>
  weeks === 1 ? 'every week' : `about every ${weeks} weeks`

const monthsInWords = (months: number) => (months === 1 ? 'A month' : `${months} months`)

/** "at least once in 12 months", "at least once a year". */
export const inPersonInWords = (months: number): string =>
  months === 12 ? 'at least once a year' : months === 1 ? 'every month' : `at least once in ${months} months`

/** As one column of a query with the group as `of`; a cancelled meeting does not count. */
export function rhythmFacts(of: string, today: PlainDate) {
  const g = (column: string) => sql.ref(`${of}.${column}`)
  const day = sql`(m.starts_at at time zone 'Europe/London')::date`
  return sql<RhythmFacts>`(select jsonb_build_object(
      'cadenceWeeks', ${g('cadence_weeks')}, 'inPersonMonths', ${g('in_person_months')},
      'first', min(${day}),
      'last', max(${day}) filter (where ${day} < ${today}),
      'next', min(${day}) filter (where ${day} >= ${today}),
      'lastInPerson', max(${day}) filter (where ${day} < ${today} and m.kind = 'in-person'),
      'nextInPerson', min(${day}) filter (where ${day} >= ${today} and m.kind = 'in-person'))
    from meeting m where m.network_id = ${g('network_id')} and m.group_id = ${g('id')} and m.state <> 'cancelled')`
}
