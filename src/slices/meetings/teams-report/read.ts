import { parse } from 'csv-parse/sync'

/** One line about one person, as it stands in the report. */
export interface ReportRow {
  readonly line: number
  readonly name: string
  /** Their e-mail address or the name they sign in with; '' for a guest. */
  readonly email: string
  readonly joined: string
  readonly left: string
}

export type ReadReport =
  | { readonly ok: true; readonly rows: readonly ReportRow[] }
  | { readonly ok: false; readonly sentence: string }

interface Line {
  readonly number: number
  readonly cells: readonly string[]
}

const mostRows = 1000

const columns = {
  name: ['name', 'full name'],
  joined: ['first join', 'first join time', 'join time', 'joined'],
  left: ['last leave', 'last leave time', 'leave time', 'left'],
  email: ['email', 'e-mail'],
  upn: ['participant id (upn)', 'participant id', 'upn'],
  action: ['user action'],
  at: ['timestamp'],
} as const
type Column = keyof typeof columns

const no = (sentence: string): ReadReport => ({ ok: false, sentence })
const byHand = 'Download the report from Teams again, or mark by hand who was there.'

/**
 * A Teams attendance report: tabs or commas, the section "2. Participants" found by its heading, or the older report
 * with one table; columns found by name, in any order (R34). Microsoft promises no form, so anything else is refused
 * with its line.
 */
export function readReport(text: string): ReadReport {
  const lines = linesOf(text)
  if (!lines) return no(`This file cannot be read as a table. ${byHand}`)
  if (lines.length === 0) return no(`This file is empty. ${byHand}`)
  const section = lines.findIndex(each => /^2\.\s*participants$/i.test(each.cells[0] ?? ''))
  const from = section < 0 ? lines : lines.slice(section + 1)
  const at = from.findIndex(each => isHeader(each.cells))
  const header = from[at]
  if (!header) {
    const line = section < 0 ? lines[0]!.number : (from[0] ?? lines[section]!).number
    return no(
      `Line ${line}: there is no row here that names the columns (Name, First Join, Last Leave). ${byHand}`,
    )
  }
  const place = placesOf(header.cells)
  const older = place.action !== undefined && place.at !== undefined
  if (!older && (place.joined === undefined || place.left === undefined)) {
    const missing = place.joined === undefined ? 'joined' : 'left'
    return no(`Line ${header.number}: there is no column that says when somebody ${missing}. ${byHand}`)
  }
  const body = untilNextSection(from.slice(at + 1))
  if (body.length === 0) return no(`Line ${header.number}: nobody is listed below it. ${byHand}`)
  const tooMany = body[mostRows]
  if (tooMany) {
    return no(
      `Line ${tooMany.number}: the report has more than ${mostRows.toLocaleString('en-GB')} rows. ${byHand}`,
    )
  }
  return older ? comingsAndGoings(body, place) : oneRowEach(body, place)
}

/** A section ends at an empty line or at the heading of the next one. */
function untilNextSection(lines: readonly Line[]): readonly Line[] {
  const end = lines.findIndex(
    each => each.cells.every(cell => cell === '') || /^\d\.\s/.test(each.cells[0] ?? ''),
  )
  return end < 0 ? lines : lines.slice(0, end)
}

const isHeader = (cells: readonly string[]) => {
  const place = placesOf(cells)
  return place.name !== undefined && Object.values(place).filter(each => each !== undefined).length > 1
}

function placesOf(cells: readonly string[]): Readonly<Partial<Record<Column, number>>> {
  const place: Partial<Record<Column, number>> = {}
  for (const [column, names] of Object.entries(columns) as [Column, readonly string[]][]) {
    const at = cells.findIndex(each => names.includes(each.toLowerCase()))
    if (at >= 0) place[column] = at
  }
  return place
}

type Places = ReturnType<typeof placesOf>
const cell = (line: Line, at: number | undefined) => (at === undefined ? '' : (line.cells[at] ?? ''))
const emailOf = (line: Line, place: Places) => cell(line, place.email) || cell(line, place.upn)

function oneRowEach(body: readonly Line[], place: Places): ReadReport {
  const rows: ReportRow[] = []
  for (const line of body) {
    const row = {
      line: line.number,
      name: cell(line, place.name),
      email: emailOf(line, place),
      joined: cell(line, place.joined),
      left: cell(line, place.left),
    }
    if (row.name === '' || row.joined === '' || row.left === '') {
      return no(`Line ${line.number}: the name or a time is missing. ${byHand}`)
    }
    rows.push(row)
  }
  return { ok: true, rows }
}

/** The oldest shape: one row for each time that somebody joined or left. Who never left stayed to the last row. */
function comingsAndGoings(body: readonly Line[], place: Places): ReadReport {
  const rows: ReportRow[] = []
  const here = new Map<string, { line: Line; name: string; email: string; joined: string }>()
  let last = ''
  for (const line of body) {
    const name = cell(line, place.name)
    const action = cell(line, place.action).toLowerCase()
    const at = cell(line, place.at)
    if (name === '' || at === '' || !/^(joined|left)/.test(action)) {
      return no(`Line ${line.number}: it does not say who joined or left, and when. ${byHand}`)
    }
    last = at
    const email = emailOf(line, place)
    const key = `${name} ${email}`
    const open = here.get(key)
    if (action.startsWith('joined')) {
      if (!open) here.set(key, { line, name, email, joined: at })
    } else if (open) {
      rows.push({ line: open.line.number, name, email, joined: open.joined, left: at })
      here.delete(key)
    }
  }
  for (const { line, name, email, joined } of here.values()) {
    rows.push({ line: line.number, name, email, joined, left: last })
  }
  return { ok: true, rows }
}

/** Tabs or commas: whichever the file has more of. Lines are numbered as an editor would. */
function linesOf(text: string): readonly Line[] | undefined {
  const count = (letter: string) => text.split(letter).length
  try {
    const records: { record: string[]; info: { lines: number } }[] = parse(text, {
      delimiter: count('\t') > 1 ? '\t' : ',',
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      trim: true,
      max_record_size: 100_000,
      // What is needed stands before; a longer file is not read to its end.
      to: 3 * mostRows,
    }) as never
    const lines = records.map(({ record, info }) => ({ number: info.lines, cells: record.map(tidy) }))
    const first = lines.findIndex(each => each.cells.some(one => one !== ''))
    return first < 0 ? [] : lines.slice(first)
  } catch {
    return undefined
  }
}

const tidy = (given: string) =>
  given
    .replace(/[\u200e\u200f\u202f\u00a0]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
