import { Temporal } from 'temporal-polyfill'
import type { Sheet } from './sheet.ts'
import type { ImportKind } from './tables.ts'

export interface Column {
  /** As the first row names it. */
  readonly title: string
  readonly required: boolean
  readonly example: string
  /** What may stand there, when it is one of a few. */
  readonly oneOf?: readonly string[]
  readonly isDay?: true
  readonly most?: number
}

const column = (title: string, example: string, more: Partial<Column> = {}): Column => ({
  title,
  example,
  required: false,
  most: 300,
  ...more,
})
const must = (title: string, example: string, more: Partial<Column> = {}): Column =>
  column(title, example, { required: true, ...more })
const yesNo = { oneOf: ['yes', 'no'] } as const
const day = { isDay: true } as const

export interface ImportPart {
  readonly kind: ImportKind
  readonly title: string
  readonly hint: string
  readonly columns: readonly Column[]
}

/** What can be brought in, in the order in which it helps: groups before people, people before what they said. */
export const importParts: readonly ImportPart[] = [
  {
    kind: 'groups',
    title: 'Groups',
    hint: 'Boards, special interest groups and workstreams',
    columns: [
      must('Name', 'Paediatric Special Interest Group', { most: 150 }),
      column('Short name', 'Paediatric SIG', { most: 60 }),
      must('Kind', 'sig', { oneOf: ['board', 'sig', 'workstream'] }),
      column('About', 'Imaging for children and young people', { most: 2000 }),
      column('Weeks between meetings', '8', { most: 3 }),
    ],
  },
  {
    kind: 'people',
    title: 'People',
    hint: 'Volunteers, members and chairs, with their place in a group',
    columns: [
      must('Name', 'Ann Example', { most: 100 }),
      column('Known as', 'Ann', { most: 60 }),
      column('E-mail', 'ann@example.org', { most: 254 }),
      column('Phone', '07700 900123', { most: 30 }),
      column('Address', '1 High Street, Birmingham', { most: 500 }),
      must('How to tell', 'e-mail', { oneOf: ['e-mail', 'text', 'phone', 'post'] }),
      column('Large print', 'no', yesNo),
      column('Group', 'Operational Board', { most: 150 }),
      column('Role', 'volunteer', { oneOf: ['volunteer', 'member', 'chair', 'deputy'] }),
      column('Votes', 'yes', yesNo),
      column('Since', '31/03/2025', day),
    ],
  },
  {
    kind: 'meetings',
    title: 'Meetings that were',
    hint: 'When groups met before',
    columns: [
      must('Group', 'Operational Board', { most: 150 }),
      must('Title', 'Operational Board, March', { most: 150 }),
      must('Day', '31/03/2025', day),
      column('Time', '14:00', { most: 5 }),
      column('Place', 'Microsoft Teams', { most: 150 }),
    ],
  },
  {
    kind: 'actions',
    title: 'Actions',
    hint: 'What was agreed and is still to be done, or was done',
    columns: [
      must('What', 'Send letters in large print', { most: 1000 }),
      must('Owner', 'ann@example.org'),
      must('Group', 'Operational Board', { most: 150 }),
      must('Due', '30/06/2026', day),
      column('Done on', '', day),
      column('What changed', '', { most: 2000 }),
    ],
  },
  {
    kind: 'interests',
    title: 'Interests',
    hint: 'What people have a stake in',
    columns: [
      must('Person', 'ann@example.org'),
      must('Type', 'financial', {
        oneOf: ['financial', 'non-financial professional', 'non-financial personal', 'indirect'],
      }),
      must('Conflict', 'potential', { oneOf: ['actual', 'potential', 'perceived'] }),
      must('Organisation', 'Acme Imaging', { most: 200 }),
      must('What', 'Paid for two talks', { most: 1000 }),
      column('Whose', '', { most: 200 }),
      must('Since', '31/03/2025', day),
      column('Until', '', day),
    ],
  },
  {
    kind: 'views',
    title: 'Views that are open',
    hint: 'What people said and have no answer to yet',
    columns: [
      must('Person', 'ann@example.org'),
      must('Words', 'The letters are too small to read.', { most: 10_000 }),
      must('Kind', 'experience', { oneOf: ['idea', 'experience', 'question'] }),
      must('Said on', '31/03/2026', day),
      must('How', 'e-mail', { oneOf: ['e-mail', 'phone', 'post', 'in person'] }),
      column('For the group', '', { most: 150 }),
    ],
  },
]

export const partOf = (kind: string | undefined): ImportPart | undefined =>
  importParts.find(each => each.kind === kind)

export interface Problem {
  readonly line: number
  readonly column: string
  readonly sentence: string
}

/** One row by the titles of its columns; days as 2026-03-31, choices in small letters. */
export type Row = Readonly<Record<string, string>>

export type RowsRead =
  | { readonly ok: true; readonly rows: readonly { readonly line: number; readonly row: Row }[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '')

/** Pure: which columns are there, and does each cell have the form that its column asks for? */
export function readRows(part: ImportPart, sheet: Sheet): RowsRead {
  const problems: Problem[] = []
  const at = new Map<Column, number>()
  for (const each of part.columns) {
    const found = sheet.heads.flatMap((head, n) => (plain(head) === plain(each.title) ? [n] : []))
    if (found.length === 1) at.set(each, found[0]!)
    else if (found.length > 1)
      problems.push({ line: 1, column: each.title, sentence: 'This column is there twice.' })
    else if (each.required)
      problems.push({ line: 1, column: each.title, sentence: 'This column is missing.' })
  }
  const unknown = sheet.heads.filter(
    head => head !== '' && !part.columns.some(each => plain(each.title) === plain(head)),
  )
  for (const head of unknown) {
    problems.push({
      line: 1,
      column: head,
      sentence: 'We do not know this column. Take it out, or use a name of the template.',
    })
  }
  if (problems.length > 0) return { ok: false, problems }
  const rows = sheet.rows.map(({ line, cells }) => {
    const row: Record<string, string> = {}
    for (const [each, n] of at) {
      const read = readCell(each, cells[n] ?? '')
      if (read.ok) row[each.title] = read.value
      else problems.push({ line, column: each.title, sentence: read.sentence })
    }
    return { line, row }
  })
  return problems.length > 0 ? { ok: false, problems } : { ok: true, rows }
}

function readCell(
  { required, oneOf, isDay, most }: Column,
  given: string,
): { ok: true; value: string } | { ok: false; sentence: string } {
  const no = (sentence: string) => ({ ok: false as const, sentence })
  if (given === '') return required ? no('Something must stand here.') : { ok: true, value: '' }
  if (most !== undefined && given.length > most) return no(`At most ${most} characters can stand here.`)
  if (oneOf) {
    const found = oneOf.find(each => plain(each) === plain(given))
    return found ? { ok: true, value: found } : no(`One of these must stand here: ${oneOf.join(', ')}.`)
  }
  if (!isDay) return { ok: true, value: given }
  const value = readDay(given)
  return value ? { ok: true, value } : no(`“${given.slice(0, 30)}” is no day. Write it as 31/03/2026.`)
}

/** Day first, as it is written here; or year first, as programs write it. */
export function readDay(given: string): string | undefined {
  const here = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(given)
  const program = /^(\d{4})-(\d{2})-(\d{2})(?:T.*)?$/.exec(given)
  const [year, month, dayOf] = here ? [here[3], here[2], here[1]] : program ? program.slice(1) : []
  if (!year || !month || !dayOf) return undefined
  try {
    return Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(dayOf) },
      { overflow: 'reject' },
    ).toString()
  } catch {
    return undefined
  }
}
