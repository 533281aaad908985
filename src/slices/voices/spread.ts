import { sql } from 'kysely'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import { suppress } from '#slices/promises/index.ts'

export interface Spread {
  readonly trusts: readonly {
    readonly id: number
    readonly name: string
    readonly volunteers: number
    readonly contacts: readonly string[]
  }[]
  readonly priorities: readonly { readonly id: number; readonly title: string }[]
  /** How many views of which Trust about which priority; null is none that was said. */
  readonly views: readonly {
    readonly trust: number | null
    readonly priority: number | null
    readonly count: number
  }[]
}

/** One statement. */
export async function spreadOf(tx: Tx, since: PlainDate, today: PlainDate): Promise<Spread> {
  const found = await sql<Spread>`select
    coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name,
        'volunteers', (select count(*)::int from person p where p.trust_id = t.id and p.left_on is null
          and exists (select 1 from membership m where m.network_id = p.network_id and m.person_id = p.id
            and m.role = 'volunteer' and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today}))),
        'contacts', coalesce((select jsonb_agg(p.name order by p.name) from trust_contact c
          join person p on p.network_id = c.network_id and p.id = c.person_id and p.left_on is null
          where c.trust_id = t.id and c.from_on <= ${today} and (c.to_on is null or c.to_on >= ${today})), '[]'))
        order by t.name) from trust t), '[]') as trusts,
    coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'title', r.title) order by r.title)
      from priority r), '[]') as priorities,
    coalesce((select jsonb_agg(v) from (
      select coalesce(s.trust_id, p.trust_id) as trust, c.priority_id as priority, count(*)::int as count
      from contribution c
      left join site s on s.network_id = c.network_id and s.id = c.site_id
      left join contributor k on k.network_id = c.network_id and k.contribution_id = c.id and k.is_first
      left join person p on p.network_id = k.network_id and p.id = k.person_id
      where c.state <> 'withdrawn' and c.received_at >= ${since.toString()}::date
      group by 1, 2) v), '[]') as views`.execute(tx)
  return found.rows[0]!
}

export interface Picture {
  readonly rows: readonly {
    readonly name: string
    /** Nought is none; null is some, but the number is not shown. */
    readonly volunteers: number | null
    readonly views: number | null
    readonly cells: readonly (number | null)[]
  }[]
  readonly columns: readonly { readonly title: string; readonly views: number | null }[]
  readonly total: number | null
  readonly gaps: Gaps
}

export interface Gaps {
  readonly silent: readonly { readonly name: string; readonly contacts: readonly string[] }[]
  readonly withoutVolunteer: readonly { readonly name: string; readonly contacts: readonly string[] }[]
  readonly untouched: readonly string[]
}

/** What may be shown of it. Every number comes from one safe table, and a gap is a nought, so nothing else leaks. */
export function pictureOf({ trusts, priorities, views }: Spread): Picture {
  const rowIds = [...trusts.map(each => each.id), null]
  const columnIds = [...priorities.map(each => each.id), null]
  const numbers = rowIds.map(trust =>
    columnIds.map(priority =>
      views
        .filter(each => each.trust === trust && each.priority === priority)
        .reduce((all, each) => all + each.count, 0),
    ),
  )
  const shown = suppress([numbers], columnIds.length)
  const [table] = shown.tables
  const people = suppress([trusts.map(each => [each.volunteers])], 1).tables[0]!
  const sumOf = (row: readonly number[]) => row.reduce((all, each) => all + each, 0)
  const gapOf = ({ name, contacts }: Spread['trusts'][number]) => ({ name, contacts })
  return {
    rows: rowIds.map((id, n) => ({
      name: id === null ? 'Not said' : trusts[n]!.name,
      volunteers: id === null ? 0 : (people.cells[n]?.[0] ?? null),
      views: table!.rowTotals[n] ?? null,
      cells: table!.cells[n]!,
    })),
    columns: columnIds.map((id, n) => ({
      title: id === null ? 'No priority' : priorities[n]!.title,
      views: shown.columnTotals[n] ?? null,
    })),
    total: shown.total,
    gaps: {
      silent: trusts.filter((_, n) => sumOf(numbers[n]!) === 0).map(gapOf),
      withoutVolunteer: trusts.filter(each => each.volunteers === 0).map(gapOf),
      untouched: priorities
        .filter((_, n) => sumOf(numbers.map(row => row[n]!)) === 0)
        .map(each => each.title),
    },
  }
}
