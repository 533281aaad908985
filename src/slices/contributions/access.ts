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
import type { Naming } from './tables.ts'

/** What permission asks about a contribution. */
export interface ContributionAccess {
  readonly groupId: number | null
  readonly contributorIds: readonly number[]
  readonly actionOwnerIds: readonly number[]
  readonly feedbackOwnerId: number | null
}

export const isContributor = (actor: Actor, it: ContributionAccess) =>
  it.contributorIds.includes(actor.personId)

/**
 * Those who may read a contribution: who raised or joined it, the team, the group that considers it (volunteers
 * see all that the group sees), and whoever owns an action or the feedback.
 */
export const mayRead: Rule<ContributionAccess> = personRule(
  'those who raised it, its group, its action owners or the team',
  (actor, it) =>
    isContributor(actor, it) ||
    isTeam(actor) ||
    isMemberOf(actor, it.groupId) ||
    it.actionOwnerIds.includes(actor.personId) ||
    it.feedbackOwnerId === actor.personId,
)

/** The same rule as SQL, for lists, search and counts; a test holds the two against each other. */
export function readable(
  eb: ExpressionBuilder<Tables, 'contribution'>,
  actor: Actor,
): ExpressionWrapper<Tables, 'contribution', SqlBool> {
  if (isTeam(actor)) return eb.and([])
  const groups = groupsOf(actor)
  return eb.or([
    ...(groups.length > 0 ? [eb('contribution.group_id', 'in', groups)] : []),
    eb('contribution.feedback_owner_person_id', '=', actor.personId),
    eb.exists(
      eb
        .selectFrom('contributor')
        .select(sql`1`.as('one'))
        .whereRef('contributor.contribution_id', '=', 'contribution.id')
        .where('contributor.person_id', '=', actor.personId)
        .where('contributor.withdrawn_at', 'is', null),
    ),
    eb.exists(
      eb
        .selectFrom('action')
        .select(sql`1`.as('one'))
        .whereRef('action.contribution_id', '=', 'contribution.id')
        .where('action.owner_person_id', '=', actor.personId),
    ),
  ])
}

export const mayDoForTheGroup: Rule<ContributionAccess> = personRule(
  'its group’s chair or deputy, or the team',
  (actor, it) => isTeam(actor) || leads(actor, it.groupId),
)
export const mayAddAView: Rule<ContributionAccess> = personRule('a member of its group', (actor, it) =>
  isMemberOf(actor, it.groupId),
)
/** The answer is given by whoever was named for it at the consideration, the group's chair or deputy, or the team. */
export const mayGiveTheAnswer: Rule<ContributionAccess> = personRule(
  'who gives the feedback, its group’s chair or deputy, or the team',
  (actor, it) => it.feedbackOwnerId === actor.personId || isTeam(actor) || leads(actor, it.groupId),
)
export const raisedIt: Rule<ContributionAccess> = personRule('those who raised or joined it', isContributor)

/**
 * What is marked in a consideration or a view is for the group and the team; whoever raised it sees that something
 * is marked, even when they belong to the group themselves (LOOP-8).
 */
export const maySeeMarked = (actor: Actor, it: ContributionAccess, groupId: number | null): boolean =>
  !isContributor(actor, it) && (isTeam(actor) || isMemberOf(actor, groupId))

/** How a contributor appears to a reader (LOOP-2: named to the group, first name only, anonymous to all but the team). */
export function shownName(
  contributor: { personId: number; name: string; knownAs: string; naming: Naming },
  reader: Actor | undefined,
): string {
  if (reader && (isTeam(reader) || reader.personId === contributor.personId)) return contributor.name
  switch (contributor.naming) {
    case 'named':
      return contributor.name
    case 'first-name':
      return contributor.knownAs.split(/\s+/)[0] ?? contributor.knownAs
    case 'anonymous':
      return 'A volunteer who is not named'
  }
}
