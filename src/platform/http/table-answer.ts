import { csv } from '#kernel/text/csv.ts'
import type { PlainDate } from '../database/tables.ts'
import type { Limit } from '../rate-limit.ts'
import type { Answer } from './route.ts'

/** A table for a spreadsheet ends somewhere, and says so. */
export const mostInTable = 5000

/** Taking whole lists away is counted for each person (R66). */
export const exportLimit: Limit = { name: 'export', uses: 60, minutes: 60 }

/**
 * A list as a table for a spreadsheet: the same rows that the same person sees on the page (PEOPLE-23).
 * @param rows one more than `mostInTable` when there are more
 */
export function tableAnswer(
  visit: { readonly network: { readonly slug: string }; readonly today: PlainDate },
  name: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): Answer {
  const more = rows.length > mostInTable
  const last = [`Only the first ${mostInTable} lines are in this table.`, ...columns.slice(1).map(() => '')]
  return {
    kind: 'text',
    type: 'text/csv; charset=utf-8; header=present',
    body: csv([columns, ...rows.slice(0, mostInTable), ...(more ? [last] : [])]),
    fileName: `${name}-${visit.network.slug}-${visit.today}.csv`,
  }
}
