import { parse } from 'csv-parse/sync'
import { strFromU8, unzipSync } from 'fflate'
import { readSheet as readExcel } from 'read-excel-file/node'
import { type CheckedFile, textOf } from '#platform/files.ts'

/** A table as it came: each cell as text, a day as 2026-03-31. The first row names the columns. */
export interface Sheet {
  readonly heads: readonly string[]
  /** With the number that a spreadsheet shows beside the row. */
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[]
}

export type SheetRead =
  | { readonly ok: true; readonly sheet: Sheet }
  | { readonly ok: false; readonly sentences: readonly string[] }
const no = (...sentences: string[]): SheetRead => ({ ok: false, sentences })

export const mostRows = 5_000
const mostColumns = 60
const longestCell = 20_000

/** A CSV or Excel file, read with care: what cannot be understood is said with its place. */
export async function readSheet(file: CheckedFile): Promise<SheetRead> {
  const table = file.name.toLowerCase().endsWith('.xlsx') ? await excel(file.bytes) : csvTable(file.bytes)
  if (!Array.isArray(table)) return table
  const lines = table.map((cells, at) => ({ line: at + 1, cells: cells.map(each => each.trim()) }))
  const first = lines.findIndex(each => each.cells.some(cell => cell !== ''))
  if (first < 0) return no('The table is empty.')
  const heads = lines[first]!.cells
  const rows = lines.slice(first + 1).filter(each => each.cells.some(cell => cell !== ''))
  if (rows.length === 0) return no('The table has the names of the columns, and no row under them.')
  if (rows.length > mostRows)
    return no(`The table has ${rows.length} rows. Bring in at most ${mostRows} at a time.`)
  if (heads.length > mostColumns) return no(`The table has ${heads.length} columns. That are too many.`)
  const long = rows.find(each => each.cells.some(cell => cell.length > longestCell))
  if (long) return no(`Row ${long.line}: a cell has more than ${longestCell} characters.`)
  return { ok: true, sheet: { heads, rows } }
}

function csvTable(bytes: Uint8Array): string[][] | SheetRead {
  const text = textOf(bytes)
  if (text === undefined)
    return no('The file is no text. Save it as CSV (UTF-8) or as an Excel file (.xlsx).')
  const first = text.slice(0, text.search(/\r?\n|$/))
  const delimiter = ['\t', ';', ','].find(each => first.includes(each)) ?? ','
  try {
    return parse(text, { bom: true, delimiter, relaxColumnCount: true, skipEmptyLines: false }) as string[][]
  } catch (error) {
    const line = (error as { lines?: number }).lines
    return no(
      `The table cannot be read${line ? ` from line ${line} on` : ''}. Is a quotation mark left open?`,
    )
  }
}

async function excel(bytes: Uint8Array): Promise<string[][] | SheetRead> {
  const wrong = wrongCells(bytes)
  if (wrong.length > 0) return no(...wrong)
  try {
    const rows = await readExcel(Buffer.from(bytes))
    return rows.map(row => row.map(cellText))
  } catch {
    return no('The Excel file cannot be read. Open it, save it again as .xlsx, and try once more.')
  }
}

/** @param cell the library's own type says `typeof Date` where it gives a date */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10)
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no'
  return String(cell)
}

/** What a spreadsheet shows and a table of values has not: joined cells, and cells whose formula has no result. */
function wrongCells(bytes: Uint8Array): string[] {
  const sentences: string[] = []
  try {
    const sheets = unzipSync(bytes, { filter: entry => /^xl\/worksheets\/sheet1\.xml$/.test(entry.name) })
    const xml = Object.values(sheets)[0]
    if (!xml) return []
    const text = strFromU8(xml)
    for (const [, place] of text.matchAll(/<mergeCell ref="([A-Z]+\d+:[A-Z]+\d+)"/g)) {
      sentences.push(`Cells ${place} are joined. Split them, so that each row has its own words.`)
    }
    for (const [, place, value] of text.matchAll(/<c r="([A-Z]+\d+)"[^>]*t="e"[^>]*>.*?<v>([^<]*)<\/v>/gs)) {
      sentences.push(`Cell ${place} has a mistake in its formula (${value}). Type its value instead.`)
    }
    for (const [, place] of text.matchAll(/<c r="([A-Z]+\d+)"[^>]*><f>[^<]*<\/f><\/c>/g)) {
      sentences.push(`Cell ${place} has a formula without a value. Type its value instead.`)
    }
  } catch {
    // Whoever reads it next says that it cannot be read.
  }
  return sentences.slice(0, 50)
}
