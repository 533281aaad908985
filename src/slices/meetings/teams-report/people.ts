import { Temporal } from 'temporal-polyfill'
import type { ReportRow } from './read.ts'

export type DateOrder = 'day-first' | 'month-first'

/** Somebody in the report, with all their stays. */
export interface ReportPerson {
  readonly name: string
  readonly email: string
  readonly stays: readonly Stay[]
}

export interface Stay {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
}

const slashed =
  /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4}),? (\d{1,2}):(\d{2})(?::(\d{2}))? ?([ap])?\.?(?:m\.?)?$/i
const isoLike = /^(\d{4})-(\d{2})-(\d{2})[T,]? ?(\d{1,2}):(\d{2})(?::(\d{2}))?$/

/**
 * How the dates of a report are to be read; 'ask' when each could be either way, so that a person has to say (R35).
 */
export function orderOf(rows: readonly ReportRow[]): DateOrder | 'ask' {
  let either = false
  for (const text of rows.flatMap(each => [each.joined, each.left])) {
    const found = slashed.exec(text)
    if (!found) continue
    const [first, second] = [Number(found[1]), Number(found[2])]
    if (first > 12) return 'day-first'
    if (second > 12) return 'month-first'
    if (first !== second) either = true
  }
  return either ? 'ask' : 'day-first'
}

/** A moment of the report, in London; undefined when it is none. */
export function readMoment(text: string, order: DateOrder): Temporal.Instant | undefined {
  const iso = isoLike.exec(text)
  const found = slashed.exec(text)
  if (iso) {
    const [year, month, day, hour, minute, second] = iso.slice(1).map(each => Number(each ?? 0))
    return momentOf({ year, month, day, hour, minute, second } as Parts)
  }
  if (!found) return undefined
  const [first, second_, year] = [Number(found[1]), Number(found[2]), Number(found[3])]
  const half = found[7]?.toLowerCase()
  const hour = Number(found[4])
  if (half && (hour < 1 || hour > 12)) return undefined
  return momentOf({
    year: year < 100 ? 2000 + year : year,
    month: order === 'day-first' ? second_ : first,
    day: order === 'day-first' ? first : second_,
    hour: half ? (hour % 12) + (half === 'p' ? 12 : 0) : hour,
    minute: Number(found[5]),
    second: Number(found[6] ?? 0),
  })
}

interface Parts {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
}

function momentOf(parts: Parts): Temporal.Instant | undefined {
  try {
    return Temporal.ZonedDateTime.from(
      { ...parts, timeZone: 'Europe/London' },
      { overflow: 'reject' },
    ).toInstant()
  } catch {
    return undefined
  }
}

export type ReadPeople =
  | { readonly ok: true; readonly people: readonly ReportPerson[] }
  | { readonly ok: false; readonly sentence: string }

/** One entry for each person, by e-mail or by name, with all their stays; overlapping ones are one. */
export function peopleOf(rows: readonly ReportRow[], order: DateOrder): ReadPeople {
  const found = new Map<string, { name: string; email: string; stays: Stay[] }>()
  for (const row of rows) {
    const from = readMoment(row.joined, order)
    const to = readMoment(row.left, order)
    if (!from || !to) {
      const wrong = from ? row.left : row.joined
      return {
        ok: false,
        sentence: `Line ${row.line}: “${wrong.slice(0, 40)}” is not a date and a time that we can read.`,
      }
    }
    if (Temporal.Instant.compare(from, to) > 0) {
      return { ok: false, sentence: `Line ${row.line}: ${row.name.slice(0, 60)} leaves before joining.` }
    }
    const key = row.email === '' ? `name ${row.name.toLowerCase()}` : row.email.toLowerCase()
    const person = found.get(key) ?? { name: row.name, email: row.email, stays: [] }
    person.stays.push({ from, to })
    found.set(key, person)
  }
  const people = [...found.values()].map(each => ({ ...each, stays: joined(each.stays) }))
  return { ok: true, people: people.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)) }
}

/** In order, with what overlaps made one. */
export function joined(stays: readonly Stay[]): readonly Stay[] {
  const sorted = [...stays].sort((a, b) => Temporal.Instant.compare(a.from, b.from))
  const kept: Stay[] = []
  for (const stay of sorted) {
    const last = kept.at(-1)
    if (last && Temporal.Instant.compare(stay.from, last.to) <= 0) {
      if (Temporal.Instant.compare(stay.to, last.to) > 0)
        kept[kept.length - 1] = { from: last.from, to: stay.to }
    } else kept.push(stay)
  }
  return kept
}

export const minutesIn = (stays: readonly Stay[]): number =>
  Math.round(
    stays.reduce((sum, { from, to }) => sum + (to.epochMilliseconds - from.epochMilliseconds), 0) / 60_000,
  )

/** The days on which somebody was there, in London. */
export const daysIn = (people: readonly ReportPerson[]): readonly Temporal.PlainDate[] => {
  const days = new Map<string, Temporal.PlainDate>()
  for (const { stays } of people) {
    for (const at of stays.flatMap(each => [each.from, each.to])) {
      const day = at.toZonedDateTimeISO('Europe/London').toPlainDate()
      days.set(day.toString(), day)
    }
  }
  return [...days.values()]
}

export interface Known {
  readonly id: number
  readonly name: string
  readonly email: string | null
  readonly invited: boolean
}

/** Who of the network this is: by e-mail first, then by a name that only one of them has; those invited first. */
export function knownAs(
  person: Pick<ReportPerson, 'name' | 'email'>,
  people: readonly Known[],
): Known | undefined {
  const email = person.email.toLowerCase()
  const byEmail = email === '' ? [] : people.filter(each => each.email?.toLowerCase() === email)
  if (byEmail.length > 0)
    return byEmail.length === 1 ? byEmail[0] : only(byEmail.filter(each => each.invited))
  const name = plainName(person.name)
  const byName = people.filter(each => plainName(each.name) === name)
  return only(byName.filter(each => each.invited)) ?? only(byName)
}

const only = (list: readonly Known[]) => (list.length === 1 ? list[0] : undefined)

/** "Dr Vera Volunteer (Guest)" and "VOLUNTEER, Vera" are "vera volunteer". */
export function plainName(name: string): string {
  const bare = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')
    .toLowerCase()
    .replace(/[’'`]/g, '')
    .replace(/\b(dr|mr|mrs|ms|miss|prof|professor)\b\.?/g, ' ')
  const comma = /^([^,]+),([^,]+)$/.exec(bare)
  return (comma ? `${comma[2]} ${comma[1]}` : bare).replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}
