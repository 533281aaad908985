import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Slice, Visit, WeekRow } from '#platform/http/route.ts'

/** So far ahead the week looks: what lies beyond is nobody's next step yet. */
export const daysAhead = 28
export const pageLength = 50
export const whens = ['all', 'late', 'week', 'coming'] as const
export type When = (typeof whens)[number]

export interface WeekWish {
  readonly when: When
  /** Undefined: everybody. 'team': what no single person has. */
  readonly person: number | 'team' | undefined
  readonly promise: string | undefined
  readonly after: Place | undefined
}

/** Where a page of the list ended. */
export interface Place {
  readonly due: PlainDate
  readonly key: string
}

export type WeekLine = Omit<WeekRow, 'due_on'> & { readonly due: PlainDate; readonly name: string | null }

export interface Week {
  readonly lines: readonly WeekLine[]
  readonly more: boolean
  readonly counts: Readonly<Record<When, number>>
  /** Who has something, and how much of it; id null is the team. */
  readonly people: readonly {
    readonly id: number | null
    readonly name: string | null
    readonly count: number
  }[]
  readonly promises: readonly { readonly promise: string; readonly count: number }[]
}

/** The Sunday that ends this week; on a weekend the week that begins is meant. */
export function endOfWeek(today: PlainDate): PlainDate {
  const day = today.dayOfWeek > 5 ? today.add({ days: 8 - today.dayOfWeek }) : today
  return day.add({ days: 7 - day.dayOfWeek })
}

const within = (when: When, today: PlainDate): RawBuilder<SqlBool> => {
  switch (when) {
    case 'late':
      return sql`w.due_on < ${today}`
    case 'week':
      return sql`w.due_on between ${today} and ${endOfWeek(today)}`
    case 'coming':
      return sql`w.due_on > ${endOfWeek(today)}`
    default:
      return sql`true`
  }
}

/**
 * All rooms' lines, narrowed and counted, in one statement. The numbers beside each choice are of all lines, so that a
 * choice says beforehand what it would show.
 */
export async function weekOf(
  visit: Visit,
  slices: readonly Slice[],
  wish: WeekWish,
  length: number = pageLength,
): Promise<Week> {
  const { tx, network, today } = visit
  const parts = slices.flatMap(slice => slice.week?.(visit) ?? [])
  const union = sql.join(
    parts.map(each => sql`(${each})`),
    sql` union all `,
  )
  const chosen = sql.join(
    [
      within(wish.when, today),
      ...(wish.person === undefined
        ? []
        : [wish.person === 'team' ? sql`w.person_id is null` : sql`w.person_id = ${wish.person}::integer`]),
      ...(wish.promise === undefined ? [] : [sql`w.promise = ${wish.promise}`]),
    ],
    sql` and `,
  )
  const after = wish.after
    ? sql`and (w.due_on, w.key) > (${wish.after.due}::date, ${wish.after.key}::text)`
    : sql``
  const count = (when: When) => sql`(select count(*) from w where ${within(when, today)})`
  const found = await sql<{
    lines: (Omit<WeekLine, 'due'> & { due: string })[]
    all: number
    late: number
    week: number
    coming: number
    people: Week['people']
    promises: Week['promises']
  }>`
    with w(promise, key, title, path, person_id, due_on) as materialized (
      select * from (${union}) as u(promise, key, title, path, person_id, due_on)
      where u.due_on <= ${today.add({ days: daysAhead })})
    select ${count('all')} as all, ${count('late')} as late, ${count('week')} as week, ${count('coming')} as coming,
      coalesce((select json_agg(r) from (
        select w.promise, w.key, w.title, w.path, w.person_id, w.due_on as due, p.name
        from w left join person p on p.network_id = ${network.id} and p.id = w.person_id
        where ${chosen} ${after} order by w.due_on, w.key limit ${length + 1}) r), '[]') as lines,
      coalesce((select json_agg(r) from (
        select w.person_id as id, p.name, count(*) as count
        from w left join person p on p.network_id = ${network.id} and p.id = w.person_id
        group by w.person_id, p.name order by p.name nulls first) r), '[]') as people,
      coalesce((select json_agg(r) from (
        select promise, count(*) as count from w group by promise order by promise) r), '[]') as promises`.execute(
    tx,
  )
  const row = found.rows[0]!
  return {
    lines: row.lines.slice(0, length).map(each => ({ ...each, due: Temporal.PlainDate.from(each.due) })),
    more: row.lines.length > length,
    counts: { all: row.all, late: row.late, week: row.week, coming: row.coming },
    people: row.people,
    promises: row.promises,
  }
}
