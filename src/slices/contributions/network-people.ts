import { sql } from 'kysely'
import type { PlainDate, Tx } from '#platform/database/tables.ts'

/** Who stands behind the words "team", "group" and "portfolio manager" today. */
export interface NetworkPeople {
  readonly coordinators: readonly Named[]
  readonly portfolioManagers: readonly Named[]
  readonly directors: readonly Named[]
  /** Chairs and deputies of the groups asked for. */
  readonly leads: readonly Lead[]
}
export interface Named {
  readonly id: number
  readonly name: string
}
export interface Lead extends Named {
  readonly groupId: number
  readonly role: 'chair' | 'deputy'
  /** Away today: what comes goes to the deputy by itself. */
  readonly away: boolean
}

/** @param groupIds undefined asks for every group's chair and deputy */
export async function networkPeople(
  tx: Tx,
  today: PlainDate,
  groupIds?: readonly number[],
): Promise<NetworkPeople> {
  const holders = (post: string) => sql<Named[]>`coalesce((
    select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.id)
    from post_holding h join person p on p.network_id = h.network_id and p.id = h.person_id
    where h.post = ${post} and p.left_on is null and h.from_on <= ${today} and (h.to_on is null or h.to_on >= ${today})), '[]')`
  const groups = groupIds === undefined ? sql`` : sql`and m.group_id = any(${[...groupIds]}::integer[])`
  const found = await sql<NetworkPeople>`
    select ${holders('co-ordinator')} as coordinators, ${holders('portfolio-manager')} as "portfolioManagers",
      ${holders('director')} as directors, coalesce((
        select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'groupId', m.group_id, 'role', m.role,
          'away', exists (select 1 from absence a where a.network_id = p.network_id and a.person_id = p.id
                          and a.from_on <= ${today} and a.to_on >= ${today})) order by m.role, p.id)
        from membership m join person p on p.network_id = m.network_id and p.id = m.person_id
        where m.role in ('chair', 'deputy') ${groups} and p.left_on is null
          and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today})), '[]') as leads`.execute(tx)
  return found.rows[0]!
}

/** The chair, or the deputy while the chair is away or the chair is vacant. */
export function whoLeads(people: NetworkPeople, groupId: number | null): readonly Lead[] {
  const ofGroup = people.leads.filter(each => each.groupId === groupId)
  const chairs = ofGroup.filter(each => each.role === 'chair' && !each.away)
  if (chairs.length > 0) return chairs
  const deputies = ofGroup.filter(each => each.role === 'deputy' && !each.away)
  return deputies.length > 0 ? deputies : ofGroup
}

/** The next in line when the first did not act: a chair's deputy. */
export function deputiesOf(people: NetworkPeople, groupId: number | null): readonly Lead[] {
  return people.leads.filter(each => each.groupId === groupId && each.role === 'deputy')
}
