import { fields } from './fields.ts'
import { type Purpose, purposes } from './purposes.ts'

export interface TableOfRecord {
  readonly table: string
  readonly purpose: Purpose
  /** Columns that hold personal data, or lead to a person. */
  readonly personal: readonly string[]
  readonly other: readonly string[]
}

const columns = (text: string): string[] =>
  text
    .trim()
    .split(/\s+/)
    .filter(each => each !== '-' && each !== '')

/** @throws for a line that cannot be read, or a purpose that is nowhere described */
export function readRecord(text: string = fields): readonly TableOfRecord[] {
  const tables: TableOfRecord[] = []
  let purpose: Purpose | undefined
  for (const line of text.split('\n').map(each => each.trim())) {
    if (line === '') continue
    if (line.startsWith('# ')) {
      purpose = purposes.find(each => each.key === line.slice(2))
      if (!purpose) throw new Error(`no such purpose: ${line}`)
      continue
    }
    const found = /^(\w+): (.+) \| (.+)$/.exec(line)
    if (!found || !purpose) throw new Error(`not “table: personal columns | other columns”: ${line}`)
    tables.push({ table: found[1]!, purpose, personal: columns(found[2]!), other: columns(found[3]!) })
  }
  return tables
}

/** What is missing, and what is there too much, in sentences that say what to do. */
export function gaps(
  real: readonly { table: string; columns: readonly string[] }[],
  record: readonly TableOfRecord[],
): string[] {
  const where = 'src/slices/my-data/record/fields.ts'
  const lines: string[] = []
  for (const { table, columns: have } of real) {
    const listed = record.find(each => each.table === table)
    if (!listed) {
      lines.push(
        `Add a line to ${where}, under the purpose it serves: “${table}: <columns with personal data, or -> | <the others>”. Its columns: ${have.join(' ')}`,
      )
      continue
    }
    const missing = have.filter(each => !listed.personal.includes(each) && !listed.other.includes(each))
    if (missing.length > 0)
      lines.push(
        `In ${where}, line “${table}”: add ${missing.join(' ')}, left of the bar if it holds personal data or leads to a person, else right`,
      )
    const gone = [...listed.personal, ...listed.other].filter(each => !have.includes(each))
    if (gone.length > 0)
      lines.push(`In ${where}, line “${table}”: take out ${gone.join(' ')}, which is not there any more`)
    const twice = listed.personal.filter(each => listed.other.includes(each))
    if (twice.length > 0)
      lines.push(`In ${where}, line “${table}”: ${twice.join(' ')} stands on both sides of the bar`)
  }
  for (const { table } of record)
    if (!real.some(each => each.table === table))
      lines.push(`In ${where}: take out the line “${table}”, there is no such table`)
  return lines
}
