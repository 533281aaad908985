import { sql } from 'kysely'
import type { Instant, Row, Tx } from '#platform/database/tables.ts'

export const pageLength = 50

export type Change = Pick<Row<'history'>, 'id' | 'event' | 'by_words' | 'details' | 'thing_kind'> & {
  readonly at: Instant
  /** What it is about: a Trust, a hospital or a group by its name of today. */
  readonly about: string | null
}

/** What was changed of the network itself, by whom and when: the latest first. */
export async function changesOf(tx: Tx, before: number | undefined): Promise<Change[]> {
  const found = await sql<Change>`
    select h.id, h.event, h.by_words, h.details, h.thing_kind, h.at,
      case h.thing_kind
        when 'trust' then (select t.name from trust t where t.network_id = h.network_id and t.id = h.thing_id)
        when 'site' then (select s.name from site s where s.network_id = h.network_id and s.id = h.thing_id)
        when 'group' then (select g.name from network_group g where g.network_id = h.network_id and g.id = h.thing_id)
      end as about
    from history h
    where h.thing_kind in ('network', 'trust', 'site', 'group')
      ${before === undefined ? sql`` : sql`and h.id < ${before}`}
    order by h.id desc limit ${pageLength + 1}`.execute(tx)
  return found.rows
}
