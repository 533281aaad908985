import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from 'kysely'
import type { Tables } from '#platform/database/tables.ts'
import {
  type Actor,
  groupsOf,
  isMemberOf,
  isTeam,
  leads,
  personRule,
  type Rule,
} from '#platform/permission.ts'

/** What permission asks about an action. */
export interface ActionAccess {
  readonly ownerId: number
  readonly groupId: number
  /** Those who raised or joined the contribution that it came from. */
  readonly contributorIds: readonly number[]
}

const owns = (actor: Actor, it: ActionAccess) => it.ownerId === actor.personId
const decides = (actor: Actor, it: ActionAccess) => isTeam(actor) || leads(actor, it.groupId)

/** Its owner, its group (volunteers see all that the group sees), the team, and those whose view it came from. */
export const mayRead: Rule<ActionAccess> = personRule(
  'its owner, its group, those whose view it came from, or the team',
  (actor, it) =>
    owns(actor, it) ||
    isTeam(actor) ||
    isMemberOf(actor, it.groupId) ||
    it.contributorIds.includes(actor.personId),
)

/** The same rule as SQL, for lists and search; a test holds the two against each other. */
export function readable(
  eb: ExpressionBuilder<Tables, 'action'>,
  actor: Actor,
): ExpressionWrapper<Tables, 'action', SqlBool> {
  if (isTeam(actor)) return eb.and([])
  const groups = groupsOf(actor)
  return eb.or([
    eb('action.owner_person_id', '=', actor.personId),
    ...(groups.length > 0 ? [eb('action.group_id', 'in', groups)] : []),
    eb.exists(
      eb
        .selectFrom('contributor')
        .select(sql`1`.as('one'))
        .whereRef('contributor.network_id', '=', 'action.network_id')
        .whereRef('contributor.contribution_id', '=', 'action.contribution_id')
        .where('contributor.person_id', '=', actor.personId)
        .where('contributor.withdrawn_at', 'is', null),
    ),
  ])
}

/** The team does it for an owner who told them, by phone or in the room; the history says so. */
export const mayDoAsOwner: Rule<ActionAccess> = personRule(
  'its owner, or the team as told',
  (actor, it) => owns(actor, it) || isTeam(actor),
)
export const mayDecide: Rule<ActionAccess> = personRule('its group’s chair or deputy, or the team', decides)

export function byOf(actor: Actor, it: ActionAccess) {
  return {
    personId: actor.personId,
    isOwner: owns(actor, it),
    leads: decides(actor, it),
    isTeam: isTeam(actor),
  }
}
