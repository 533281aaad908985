import { sql } from 'kysely'
import type { House } from '#platform/house.ts'

export interface DemoPerson {
  readonly networkId: number
  readonly network: string
  readonly networkName: string
  readonly key: string
  readonly name: string
  readonly accountId: string | null
  readonly personId: number
  /** "chair of the Paediatric SIG", "co-ordinator". */
  readonly does: string
}

/** Everybody of the demonstration with a key to sign in by. */
export async function demoPeople(house: House): Promise<DemoPerson[]> {
  const networks = await house.database.pool
    .selectFrom('network')
    .select(['id', 'slug', 'name'])
    .where('is_demo', '=', true)
    .orderBy('id')
    .execute()
  const found: DemoPerson[] = []
  for (const network of networks) {
    const rows = await house.database.network(network.id, tx =>
      tx
        .selectFrom('person as p')
        .select([
          'p.id',
          'p.name',
          'p.demo_key',
          'p.account_id',
          sql<string>`coalesce((
            select string_agg(what, ', ' order by what) from (
              select replace(h.post, '-', ' ') as what from post_holding h
                where h.network_id = p.network_id and h.person_id = p.id
              union all select m.role || case when m.role in ('chair', 'deputy') then ' of ' else ' in ' end || g.short_name
                from membership m join network_group g on g.network_id = m.network_id and g.id = m.group_id
                where m.network_id = p.network_id and m.person_id = p.id
              union all select 'contact of ' || t.short_name
                from trust_contact c join trust t on t.network_id = c.network_id and t.id = c.trust_id
                where c.network_id = p.network_id and c.person_id = p.id) as places), '')`.as('does'),
        ])
        .where('p.demo_key', 'is not', null)
        .where('p.left_on', 'is', null)
        .orderBy('p.id')
        .execute(),
    )
    for (const row of rows) {
      found.push({
        networkId: network.id,
        network: network.slug,
        networkName: network.name,
        key: row.demo_key!,
        name: row.name,
        accountId: row.account_id,
        personId: row.id,
        does: row.does || 'not yet in a group',
      })
    }
  }
  return found
}
