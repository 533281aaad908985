import { type Expression, sql } from 'kysely'
import type { Instant, PlainDate, Tx } from './tables.ts'

/** What to ask the database, and what its rows mean; asked with others in one statement. */
export interface Question<Answer> {
  readonly rows: Expression<unknown>
  read(rows: readonly unknown[]): Answer
}

/** The rows come as JSON: a day or an instant in them is its text. */
export type AsJson<Row> = { readonly [Name in keyof Row]: TextOfTime<Row[Name]> }
type TextOfTime<Value> = Value extends Instant | PlainDate ? string : Value

export function question<Row, Answer>(
  rows: Expression<Row>,
  read: (rows: readonly AsJson<Row>[]) => Answer,
): Question<Answer> {
  return { rows, read: given => read(given as readonly AsJson<Row>[]) }
}

/** All questions in one statement, whoever asks them: a page's statements stay few however many rooms it shows. */
export async function askTogether<Answers extends readonly unknown[] | []>(
  tx: Tx,
  questions: { readonly [At in keyof Answers]: Question<Answers[At]> },
): Promise<Answers> {
  if (questions.length === 0) return [] as unknown as Answers
  const parts = questions.map(
    (each, at) => sql`(select json_agg(r) from (${each.rows}) r) as ${sql.id(`q${at}`)}`,
  )
  const found = await sql<Record<string, unknown[] | null>>`select ${sql.join(parts)}`.execute(tx)
  return questions.map((each, at) => each.read(found.rows[0]?.[`q${at}`] ?? [])) as unknown as Answers
}
