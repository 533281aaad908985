import { parse } from 'csv-parse/sync'
import { cleanText } from '#kernel/text/clean.ts'

/** Capital letters and digits, 3 to 6 of them (R69). Whose code it is, is never guessed from another. */
const odsForm = /^[A-Z0-9]{3,6}$/
export const odsSentence = 'The ODS code must be 3 to 6 capital letters and digits, like RRK or RRK15'

/** @returns the code, null for none, or undefined when its form is wrong */
export function readOds(given: string): string | null | undefined {
  const code = given.trim().toUpperCase()
  if (code === '') return null
  return odsForm.test(code) ? code : undefined
}

export interface PlaceTrust {
  readonly name: string
  readonly ods: string | null
  readonly system: string
  readonly hospitals: readonly PlaceSite[]
}
export interface PlaceSite {
  readonly name: string
  readonly ods: string | null
  readonly town: string
}

/** Trusts and hospitals as they stand, each with its id. */
export interface KnownTrust extends PlaceTrust {
  readonly id: number
  readonly hospitals: readonly (PlaceSite & { readonly id: number })[]
}

export interface Mistake {
  /** As a spreadsheet counts them. */
  readonly line: number
  readonly sentence: string
}

export type ReadPlaces =
  | { readonly ok: true; readonly trusts: readonly PlaceTrust[] }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] }

export const mostLines = 500
const longest = 200

const columns = {
  trust: ['trust', 'trust name', 'organisation'],
  trustOds: ['trust code', 'trust ods', 'trust ods code'],
  system: ['system', 'care system', 'integrated care system'],
  hospital: ['hospital', 'site', 'hospital name', 'site name'],
  hospitalOds: ['hospital code', 'site code', 'hospital ods', 'site ods', 'hospital ods code'],
  town: ['town', 'place'],
} as const
type Column = keyof typeof columns

/** The first line of a table that can be read. */
export const header = 'Trust, Trust code, System, Hospital, Hospital code, Town'

const simple = (words: string) => words.trim().toLowerCase().replace(/\s+/g, ' ')

/**
 * A table of Trusts and hospitals, one line for each hospital, with commas, semicolons or tabs. A Trust without
 * hospitals has one line. Every mistake is named with its line; with one mistake nothing is taken.
 */
export function readPlaces(text: string): ReadPlaces {
  const rows = rowsOf(text)
  const no = (line: number, sentence: string): ReadPlaces => ({ ok: false, mistakes: [{ line, sentence }] })
  if (!rows) return no(1, 'This cannot be read as a table')
  const [head, ...lines] = rows
  if (!head || lines.length === 0) return no(1, 'The table has no line with a Trust')
  if (lines.length > mostLines) return no(mostLines + 2, `The table has more than ${mostLines} lines`)
  const at: Partial<Record<Column, number>> = {}
  for (const name of Object.keys(columns) as Column[]) {
    const found = head.cells.findIndex(cell => (columns[name] as readonly string[]).includes(simple(cell)))
    if (found >= 0) at[name] = found
  }
  if (at.trust === undefined) return no(1, `The first line must name the columns: ${header}`)
  const cell = (row: (typeof lines)[number], name: Column) =>
    at[name] === undefined ? '' : cleanText(row.cells[at[name]] ?? '')
  const mistakes: Mistake[] = []
  const trusts = new Map<
    string,
    { name: string; ods: string | null; system: string; hospitals: PlaceSite[] }
  >()
  const codes = new Map<string, string>()
  const codeIn = (row: (typeof lines)[number], name: Column, owner: string): string | null => {
    const code = readOds(cell(row, name))
    if (code === undefined) {
      mistakes.push({ line: row.line, sentence: `${odsSentence}, not “${cell(row, name)}”` })
      return null
    }
    if (code === null) return null
    const before = codes.get(code)
    if (before !== undefined && before !== owner) {
      mistakes.push({ line: row.line, sentence: `The code ${code} stands at another name already` })
    }
    codes.set(code, owner)
    return code
  }
  for (const row of lines) {
    const name = cell(row, 'trust')
    const hospital = cell(row, 'hospital')
    if (name === '' && row.cells.every(each => each.trim() === '')) continue
    if (name === '') {
      mistakes.push({ line: row.line, sentence: 'The name of the Trust is missing' })
      continue
    }
    if (name.length > longest || hospital.length > longest) {
      mistakes.push({ line: row.line, sentence: `A name is longer than ${longest} characters` })
      continue
    }
    const ods = codeIn(row, 'trustOds', `trust ${simple(name)}`)
    const trust = trusts.get(simple(name)) ?? { name, ods: null, system: '', hospitals: [] }
    if (ods !== null && trust.ods !== null && trust.ods !== ods) {
      mistakes.push({ line: row.line, sentence: `${name} has two codes here: ${trust.ods} and ${ods}` })
    }
    trust.ods ??= ods
    trust.system ||= cell(row, 'system')
    if (hospital !== '') {
      if (trust.hospitals.some(each => simple(each.name) === simple(hospital))) {
        mistakes.push({ line: row.line, sentence: `${hospital} stands here twice` })
      }
      const code = codeIn(row, 'hospitalOds', `hospital ${simple(name)} ${simple(hospital)}`)
      trust.hospitals.push({ name: hospital, ods: code, town: cell(row, 'town') })
    }
    trusts.set(simple(name), trust)
  }
  if (mistakes.length > 0) return { ok: false, mistakes }
  if (trusts.size === 0) return no(2, 'The table has no line with a Trust')
  return { ok: true, trusts: [...trusts.values()] }
}

function rowsOf(text: string): { line: number; cells: readonly string[] }[] | undefined {
  const first = text.replace(/^\ufeff/, '').split(/\r?\n/, 1)[0] ?? ''
  const count = (sign: string) => first.split(sign).length
  const delimiter = ['\t', ';', ','].reduce((best, each) => (count(each) > count(best) ? each : best), ',')
  try {
    const read = parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      info: true,
    }) as unknown as { info: { lines: number }; record: string[] }[]
    return read.map(each => ({ line: each.info.lines, cells: each.record }))
  } catch {
    return undefined
  }
}

/** What bringing a table in would do. Nothing is ever taken away by it: what is not in the table stays. */
export interface PlacesPlan {
  readonly newTrusts: readonly PlaceTrust[]
  readonly changedTrusts: readonly {
    readonly id: number
    readonly from: PlaceTrust
    readonly to: PlaceTrust
  }[]
  readonly newSites: readonly { readonly trust: string; readonly trustId: number; readonly site: PlaceSite }[]
  readonly changedSites: readonly { readonly id: number; readonly from: PlaceSite; readonly to: PlaceSite }[]
  /** In the table and the same here. */
  readonly same: number
  readonly mistakes: readonly string[]
}

/** Known by code first, else by name. An empty cell changes nothing. */
export function planPlaces(known: readonly KnownTrust[], given: readonly PlaceTrust[]): PlacesPlan {
  const plan = {
    newTrusts: [] as PlaceTrust[],
    changedTrusts: [] as { id: number; from: PlaceTrust; to: PlaceTrust }[],
    newSites: [] as { trust: string; trustId: number; site: PlaceSite }[],
    changedSites: [] as { id: number; from: PlaceSite; to: PlaceSite }[],
    same: 0,
    mistakes: [] as string[],
  }
  const sites = known.flatMap(trust =>
    trust.hospitals.map(site => ({ ...site, trustId: trust.id, trust: trust.name })),
  )
  for (const trust of given) {
    const here =
      (trust.ods !== null && known.find(each => each.ods === trust.ods)) ||
      known.find(each => simple(each.name) === simple(trust.name))
    if (here && trust.ods !== null && here.ods !== null && here.ods !== trust.ods) {
      plan.mistakes.push(
        `${trust.name} is here with the code ${here.ods}, and in the table with ${trust.ods}`,
      )
      continue
    }
    for (const site of trust.hospitals) {
      const elsewhere = sites.find(
        each => each.ods !== null && each.ods === site.ods && each.trustId !== here?.id,
      )
      if (elsewhere) plan.mistakes.push(`${site.name}: the code ${site.ods} is here at ${elsewhere.trust}`)
    }
    if (!here) {
      plan.newTrusts.push(trust)
      continue
    }
    const to = {
      ...here,
      name: renamed(here.name, trust.name),
      ods: trust.ods ?? here.ods,
      system: trust.system || here.system,
    }
    if (to.name === here.name && to.ods === here.ods && to.system === here.system) plan.same += 1
    else plan.changedTrusts.push({ id: here.id, from: here, to })
    for (const site of trust.hospitals) {
      const there =
        (site.ods !== null && here.hospitals.find(each => each.ods === site.ods)) ||
        here.hospitals.find(each => simple(each.name) === simple(site.name))
      if (!there) {
        plan.newSites.push({ trust: here.name, trustId: here.id, site })
        continue
      }
      const after = {
        name: renamed(there.name, site.name),
        ods: site.ods ?? there.ods,
        town: site.town || there.town,
      }
      if (after.name === there.name && after.ods === there.ods && after.town === there.town) plan.same += 1
      else plan.changedSites.push({ id: there.id, from: there, to: after })
    }
  }
  return plan
}

/** Another way of writing the same name is no new name. */
const renamed = (here: string, given: string) => (simple(here) === simple(given) ? here : given)

export const changesNothing = (plan: PlacesPlan): boolean =>
  plan.newTrusts.length + plan.changedTrusts.length + plan.newSites.length + plan.changedSites.length === 0
