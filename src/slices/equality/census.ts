import type { Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { questions } from './questions.ts'

export interface Figure {
  readonly question: string
  readonly answer: string
  readonly people: number
}

export type ReadFigures = { ok: true; figures: Figure[] } | { ok: false; sentence: string }

const heads = ['question', 'answer', 'people'] as const

/**
 * A table with the columns question, answer and people, in any order, separated by comma, semicolon or tab. Each mistake
 * is named by its line.
 */
export function readFigures(text: string): ReadFigures {
  const no = (sentence: string): ReadFigures => ({ ok: false, sentence })
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
  const first = lines[0] ?? ''
  const separator = [',', ';', '\t'].find(each => first.includes(each)) ?? ','
  const names = cells(first, separator).map(each => each.toLowerCase())
  const at = heads.map(head => names.indexOf(head))
  if (at.includes(-1)) return no('The first line must name the columns question, answer and people')
  const found = new Map<string, Figure>()
  for (const [n, line] of lines.entries()) {
    if (n === 0 || line.trim() === '') continue
    const row = cells(line, separator)
    const [question = '', answer = '', people = ''] = at.map(index => row[index] ?? '')
    const known = questions.find(each => same(each.key, question) || same(each.title, question))
    if (!known) return no(`Line ${n + 1}: there is no question “${question.slice(0, 60)}”`)
    const which = known.answers.find(each => same(each.key, answer) || same(each.words, answer))
    if (!which) return no(`Line ${n + 1}: “${known.title}” has no answer “${answer.slice(0, 60)}”`)
    const number = people.replace(/[ ,.]/g, '')
    if (!/^\d{1,9}$/.test(number))
      return no(`Line ${n + 1}: “${people.slice(0, 60)}” is not a number of people`)
    const key = `${known.key}:${which.key}`
    if (found.has(key)) return no(`Line ${n + 1}: “${which.words}” is there twice`)
    found.set(key, { question: known.key, answer: which.key, people: Number(number) })
  }
  if (found.size === 0) return no('There are no figures in this table')
  return { ok: true, figures: [...found.values()] }
}

const same = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase()

/** Cells of one line; quoted ones may hold the separator. */
function cells(line: string, separator: string): string[] {
  const found: string[] = []
  let cell = ''
  let quoted = false
  for (let n = 0; n < line.length; n += 1) {
    const sign = line[n]!
    if (sign === '"' && quoted && line[n + 1] === '"') {
      cell += '"'
      n += 1
    } else if (sign === '"') quoted = !quoted
    else if (sign === separator && !quoted) {
      found.push(cell.trim())
      cell = ''
    } else cell += sign
  }
  return [...found, cell.trim()]
}

/** The new figures count from now on; the ones before are kept. */
export async function loadFigures(doing: Doing, source: string, figures: readonly Figure[]): Promise<void> {
  const { id } = await doing.tx
    .insertInto('census_load')
    .values({
      network_id: doing.network.id,
      source,
      loaded_at: doing.now,
      by_person_id: doing.actor?.personId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.tx
    .insertInto('census_figure')
    .values(figures.map(each => ({ network_id: doing.network.id, load_id: id, ...each })))
    .execute()
}

export interface Area {
  readonly source: string
  peopleOf(question: string, answer: string): number
  totalOf(question: string): number
}

/** The figures that were loaded last. */
export async function areaOf(tx: Tx): Promise<Area | undefined> {
  const rows = await tx
    .selectFrom('census_figure as f')
    .innerJoin('census_load as l', join =>
      join.onRef('l.network_id', '=', 'f.network_id').onRef('l.id', '=', 'f.load_id'),
    )
    .select(['f.question', 'f.answer', 'f.people', 'l.source'])
    .where('f.load_id', '=', eb => eb.selectFrom('census_load as x').select(x => x.fn.max('x.id').as('id')))
    .execute()
  const [first] = rows
  if (!first) return undefined
  return {
    source: first.source,
    peopleOf: (question, answer) =>
      rows.find(each => each.question === question && each.answer === answer)?.people ?? 0,
    totalOf: question =>
      rows.filter(each => each.question === question).reduce((all, each) => all + each.people, 0),
  }
}
