import { type SqlBool, sql } from 'kysely'
import type { PlainDate, Tx } from '#platform/database/tables.ts'

export interface NearPerson {
  readonly id: number
  readonly name: string
  /** The chair, the deputy or the team: they may let a paper be late. */
  readonly runs: boolean
}

/** The group's people and the team: who writes, reads and lets a paper be late. */
export async function peopleOf(tx: Tx, groupId: number, today: PlainDate): Promise<NearPerson[]> {
  const holds = sql`from_on <= ${today} and (to_on is null or to_on >= ${today})`
  const ofTeam = sql<boolean>`exists (select from post_holding h where h.network_id = p.network_id
    and h.person_id = p.id and h.post <> 'administrator' and ${holds})`
  const ofGroup = (roles: readonly string[]) => sql<boolean>`exists (select from membership m
    where m.network_id = p.network_id and m.person_id = p.id and m.group_id = ${groupId}
      and m.role = any(${roles}::text[]) and ${holds})`
  return await tx
    .selectFrom('person as p')
    .select(['p.id', 'p.name'])
    .select(sql<boolean>`(${ofTeam} or ${ofGroup(['chair', 'deputy'])})`.as('runs'))
    .where('p.left_on', 'is', null)
    .where(sql<SqlBool>`(${ofTeam} or ${ofGroup(['chair', 'deputy', 'member', 'volunteer'])})`)
    .orderBy('p.name')
    .orderBy('p.id')
    .limit(1000)
    .execute()
}
