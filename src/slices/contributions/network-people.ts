import { sql } from 'kysely'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import { type Holder, holdersOf, type Leader, leadersOf } from '#platform/who-today.ts'

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
  const which = groupIds === undefined ? sql`true` : sql`m.group_id = any(${[...groupIds]}::integer[])`
  const found = await sql<Record<'coordinators' | 'managers' | 'directors', Holder[]> & { leads: Leader[] }>`
    select ${holdersOf('co-ordinator', today)} as coordinators, ${holdersOf('portfolio-manager', today)} as managers,
      ${holdersOf('director', today)} as directors, ${leadersOf(which, today)} as leads`.execute(tx)
  const { coordinators, managers, directors, leads } = found.rows[0]!
  const named = <Given extends Holder>({ personId, ...rest }: Given) => ({ id: personId, ...rest })
  return {
    coordinators: coordinators.map(named),
    portfolioManagers: managers.map(named),
    directors: directors.map(named),
    leads: leads.map(({ personId, ...rest }) => ({ id: personId, ...rest })),
  }
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
