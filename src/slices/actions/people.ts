import { type SqlBool, sql } from 'kysely'
import type { PlainDate, Tx } from '#platform/database/tables.ts'

export interface PossibleOwner {
  readonly id: number
  readonly name: string
}

/**
 * Whoever can own an action: everyone with a place in the network today, in the group or not.
 * @param id only this person, to check what was picked from the list
 */
export async function possibleOwners(tx: Tx, today: PlainDate, id?: number): Promise<PossibleOwner[]> {
  const today_ = sql`from_on <= ${today} and (to_on is null or to_on >= ${today})`
  return await tx
    .selectFrom('person as p')
    .select(['p.id', 'p.name'])
    .where('p.left_on', 'is', null)
    .where(
      sql<SqlBool>`(exists (select from membership m where m.network_id = p.network_id and m.person_id = p.id and ${today_})
        or exists (select from post_holding h where h.network_id = p.network_id and h.person_id = p.id
                   and h.post <> 'administrator' and ${today_})
        or exists (select from trust_contact t where t.network_id = p.network_id and t.person_id = p.id and ${today_}))`,
    )
    .$if(id !== undefined, query => query.where('p.id', '=', id!))
    .orderBy('p.name')
    .orderBy('p.id')
    .limit(1000)
    .execute()
}
