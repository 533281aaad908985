import type { PlainDate } from '#platform/database/tables.ts'
import { type Fate, fates, type PromiseCount, type Stage, stages, type ViewCount } from './queries.ts'
import { type Numbers, suppress } from './suppress.ts'

export interface FigureRow {
  readonly name: string
  readonly cells: readonly (number | null)[]
  readonly total: number | null
}

/** One set of numbers, cut by group and by time; both together safe to show. */
export interface Figures {
  readonly byGroup: readonly FigureRow[]
  readonly byTime: readonly FigureRow[]
  readonly columnTotals: readonly (number | null)[]
  readonly total: number | null
}

interface Counted {
  readonly groupId: number | null
  readonly quarter: PlainDate
  readonly column: number
  readonly count: number
}

interface Names {
  readonly groups: readonly { readonly id: number; readonly name: string }[]
  /** What belongs to no group. */
  readonly noGroup: string
  readonly today: PlainDate
}

export function viewFigures(counts: readonly ViewCount[], names: Names): Figures {
  return figures(
    counts.map(each => ({ ...each, column: stages.indexOf(each.stage) })),
    stages.length,
    names,
  )
}

export function promiseFigures(counts: readonly PromiseCount[], names: Names): Figures {
  return figures(
    counts.map(each => ({ ...each, column: fates.indexOf(each.fate) })),
    fates.length,
    names,
  )
}

function figures(counts: readonly Counted[], columns: number, names: Names): Figures {
  const groups = cut(counts, columns, each => String(each.groupId ?? ''))
  const times = cut(counts, columns, each => timeKey(each.quarter, names.today))
  const groupKeys = [...names.groups.map(each => String(each.id)), ''].filter(key => groups.has(key))
  const timeKeys = [...times.keys()].sort().reverse()
  const numbers = (rows: Map<string, number[]>, keys: readonly string[]): Numbers =>
    keys.map(key => rows.get(key)!)
  const shown = suppress([numbers(groups, groupKeys), numbers(times, timeKeys)], columns)
  const rows = (table: number, keys: readonly string[], name: (key: string) => string): FigureRow[] =>
    keys.map((key, r) => ({
      name: name(key),
      cells: shown.tables[table]!.cells[r]!,
      total: shown.tables[table]!.rowTotals[r]!,
    }))
  return {
    byGroup: rows(
      0,
      groupKeys,
      key => names.groups.find(each => String(each.id) === key)?.name ?? names.noGroup,
    ),
    byTime: rows(1, timeKeys, timeWords),
    columnTotals: shown.columnTotals,
    total: shown.total,
  }
}

function cut(
  counts: readonly Counted[],
  columns: number,
  keyOf: (each: Counted) => string,
): Map<string, number[]> {
  const rows = new Map<string, number[]>()
  for (const each of counts) {
    const key = keyOf(each)
    const row = rows.get(key) ?? Array.from({ length: columns }, () => 0)
    row[each.column] = (row[each.column] ?? 0) + each.count
    rows.set(key, row)
  }
  return rows
}

/** Quarters of this year and the last, whole years before: the rows never overlap, so none gives away another. */
const timeKey = (quarter: PlainDate, today: PlainDate): string =>
  quarter.year >= today.year - 1
    ? `${quarter.year} ${Math.floor((quarter.month - 1) / 3) + 1}`
    : String(quarter.year)

const quarters = ['January to March', 'April to June', 'July to September', 'October to December']

function timeWords(key: string): string {
  const [year, quarter] = key.split(' ')
  return quarter ? `${quarters[Number(quarter) - 1]} ${year}` : year!
}

/** A sum of numbers that are shown, and of nothing else; so it tells nothing new. */
export interface Sum {
  readonly atLeast: number
  /** Nothing of it was left out. */
  readonly whole: boolean
}

export function sumOf(figures: Figures, columns: readonly number[]): Sum {
  const parts = columns.map(column => figures.columnTotals[column] ?? null)
  return {
    atLeast: parts.reduce((sum: number, part) => sum + (part ?? 0), 0),
    whole: parts.every(part => part !== null),
  }
}

export const stagesAt = (...wanted: Stage[]): number[] => wanted.map(each => stages.indexOf(each))
export const fatesAt = (...wanted: Fate[]): number[] => wanted.map(each => fates.indexOf(each))
