import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { smallest } from '#slices/promises/index.ts'
import { notSaid, questions } from './questions.ts'

export type Answers = Readonly<Record<string, string | undefined>>

/** The first day of its quarter. */
export const quarterOf = (day: PlainDate): PlainDate =>
  day.with({ month: Math.floor((day.month - 1) / 3) * 3 + 1, day: 1 })

/**
 * Adds one form to the counts of this quarter. Every row of the quarter is written, so that none is younger than
 * another; forms that come at once wait for each other.
 * @param once what the form carries: it counts once, also when it is sent twice
 */
export async function countAnswers(doing: Doing, answers: Answers, once: string): Promise<void> {
  const { tx, network } = doing
  const quarter = quarterOf(doing.today)
  const first = await tx
    .insertInto('equality_once')
    .values({ network_id: network.id, quarter, key_hash: createHash('sha256').update(once).digest('hex') })
    .onConflict(on => on.doNothing())
    .executeTakeFirst()
  if (Number(first.numInsertedOrUpdatedRows ?? 0) === 0) return
  const rows = questions.flatMap(question =>
    [...question.answers.map(each => each.key), notSaid].map(answer => ({
      network_id: network.id,
      quarter,
      question: question.key,
      answer,
      people: 0,
    })),
  )
  await tx
    .insertInto('equality_count')
    .values(rows)
    .onConflict(on => on.doNothing())
    .execute()
  await sql`select 1 from equality_count where quarter = ${quarter} order by question, answer for update`.execute(
    tx,
  )
  const chosen = questions.map(({ key, answers: known }) => {
    const given = answers[key]
    return `${key}:${known.some(each => each.key === given) ? given : notSaid}`
  })
  await sql`update equality_count
    set people = people + case when question || ':' || answer = any(${chosen}::text[]) then 1 else 0 end
    where quarter = ${quarter}`.execute(tx)
}

/** The hashes of quarters that are over are of no use any more. */
export async function forgetOnce(tx: Tx, today: PlainDate): Promise<void> {
  await tx.deleteFrom('equality_once').where('quarter', '<', quarterOf(today)).execute()
}

export interface QuarterSum {
  readonly quarter: string
  readonly forms: number
}

/**
 * Up to which quarter the sums may be shown: quarters that are over, and the newest of them only together with five
 * forms or more, so that nobody can see what one form changed.
 */
export function shownUpTo(quarters: readonly QuarterSum[], today: PlainDate): string | undefined {
  const over = quarters
    .filter(each => each.quarter < quarterOf(today).toString())
    .toSorted((a, b) => (a.quarter < b.quarter ? -1 : 1))
  let waiting = 0
  let last: string | undefined
  for (const each of over) {
    waiting += each.forms
    if (waiting >= smallest) {
      last = each.quarter
      waiting = 0
    }
  }
  return last
}

export interface Counts {
  /** Of the questions, in their order: how many gave each answer, the last one "not said". */
  readonly numbers: readonly (readonly number[])[]
  readonly upTo: PlainDate | undefined
}

export async function countsOf(tx: Tx, today: PlainDate): Promise<Counts> {
  const rows = await tx
    .selectFrom('equality_count')
    .select(['quarter', 'question', 'answer', 'people'])
    .execute()
  const ofFirst = rows.filter(each => each.question === questions[0]!.key)
  const quarters = [...new Set(ofFirst.map(each => each.quarter.toString()))].map(quarter => ({
    quarter,
    forms: sum(ofFirst.filter(each => each.quarter.toString() === quarter)),
  }))
  const upTo = shownUpTo(quarters, today)
  const shown = rows.filter(each => upTo !== undefined && each.quarter.toString() <= upTo)
  return {
    upTo: upTo === undefined ? undefined : Temporal.PlainDate.from(upTo),
    numbers: questions.map(({ key, answers }) =>
      [...answers.map(each => each.key), notSaid].map(answer =>
        sum(shown.filter(each => each.question === key && each.answer === answer)),
      ),
    ),
  }
}

const sum = (rows: readonly { people: number }[]) => rows.reduce((all, each) => all + each.people, 0)

export interface ShownQuestion {
  /** As `Counts.numbers`; null is not shown. */
  readonly cells: readonly (number | null)[]
}

/**
 * What may be shown. Each question is one row of cells whose total everybody knows, since each form has one answer to
 * each question. Numbers from 1 to 4 are hidden; when what is hidden is one cell alone, or adds up to a small number,
 * it follows from the others, so the smallest of them is hidden too. Nought is shown: it is about nobody.
 */
export function safe(numbers: Counts['numbers']): { questions: ShownQuestion[]; total: number } {
  return {
    questions: numbers.map(cells => ({ cells: safeCells(cells) })),
    total: (numbers[0] ?? []).reduce((all, each) => all + each, 0),
  }
}

function safeCells(cells: readonly number[]): (number | null)[] {
  const hidden = new Set(cells.flatMap((cell, n) => (cell > 0 && cell < smallest ? [n] : [])))
  const others = cells
    .map((cell, n) => ({ cell, n }))
    .filter(each => each.cell >= smallest)
    .toSorted((a, b) => a.cell - b.cell)
  const hiddenSum = () => [...hidden].reduce((all, n) => all + cells[n]!, 0)
  while (hidden.size > 0 && (hidden.size < 2 || hiddenSum() < smallest) && others.length > 0) {
    hidden.add(others.shift()!.n)
  }
  return cells.map((cell, n) => (hidden.has(n) ? null : cell))
}

export type Heard = 'less' | 'more' | 'as-many' | 'nobody' | 'too-few' | 'not-shown' | 'unknown'

/**
 * How one answer compares with the area. Only from what is shown: a number that is hidden is compared with nothing.
 * @param said how many answered the question, when that can be worked out from what is shown
 */
export function compare(cell: number | null, said: number | null, area: number, ofArea: number): Heard {
  if (ofArea === 0 || area === 0) return 'unknown'
  if (cell === null || said === null || said === 0) return 'not-shown'
  // Of so few answers not even five could be expected: that nobody is among them means nothing.
  if (cell === 0) return (said * area) / ofArea < smallest ? 'too-few' : 'nobody'
  const [here, there] = [cell / said, area / ofArea]
  if (here < there * 0.8) return 'less'
  return here > there * 1.25 ? 'more' : 'as-many'
}
