import type { Selectable } from 'kysely'
import type { Tx } from '#platform/database/tables.ts'
import type { OfferedRoleTable } from './tables.ts'

export type OfferedRole = Selectable<OfferedRoleTable> & { readonly group: string | null }

export const pageLength = 50

/** Open ones, or all for the team; a page of them by id. */
export async function rolesOf(tx: Tx, which: 'open' | 'all', after = 0): Promise<OfferedRole[]> {
  return await withGroup(tx)
    .$if(which === 'open', query => query.where('r.state', '=', 'open'))
    .where('r.id', '>', after)
    .orderBy('r.id')
    .limit(pageLength + 1)
    .execute()
}

export async function roleBySlug(
  tx: Tx,
  slug: string | undefined,
  how = { forChange: false },
): Promise<OfferedRole | undefined> {
  if (!slug) return undefined
  return await withGroup(tx)
    .where('r.slug', '=', slug)
    .$if(how.forChange, query => query.forUpdate('r'))
    .executeTakeFirst()
}

const withGroup = (tx: Tx) =>
  tx
    .selectFrom('offered_role as r')
    .leftJoin('network_group as g', join =>
      join.onRef('g.network_id', '=', 'r.network_id').onRef('g.id', '=', 'r.group_id'),
    )
    .selectAll('r')
    .select('g.name as group')
