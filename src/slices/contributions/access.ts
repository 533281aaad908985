import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
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

type Eb = ExpressionBuilder<Tables, 'contribution'>
type Condition = (eb: Eb) => Expression<SqlBool>

/** One way in which somebody comes to read a contribution: as a rule, and as SQL that an index answers. */
interface WayToRead {
  holds(actor: Actor, it: ContributionAccess): boolean
  /** Undefined: this person reads nothing in this way. */
  rows(actor: Actor): Condition | undefined
}

/**
 * Those who may read a contribution: the group that considers it (volunteers see all that the group sees), whoever
 * owns the feedback, who raised or joined it, and whoever owns an action. Besides them the team, which reads all.
 */
const ways: readonly WayToRead[] = [
  {
    holds: (actor, it) => isMemberOf(actor, it.groupId),
    rows: actor => {
      const groups = groupsOf(actor)
      return groups.length > 0 ? eb => eb('contribution.group_id', 'in', groups) : undefined
    },
  },
  {
    holds: (actor, it) => it.feedbackOwnerId === actor.personId,
    rows: actor => eb => eb('contribution.feedback_owner_person_id', '=', actor.personId),
  },
  {
    holds: isContributor,
    rows: actor => eb =>
      eb(
        'contribution.id',
        'in',
        eb
          .selectFrom('contributor as mine')
          .select('mine.contribution_id')
          .where('mine.person_id', '=', actor.personId)
          .where('mine.withdrawn_at', 'is', null),
      ),
  },
  {
    holds: (actor, it) => it.actionOwnerIds.includes(actor.personId),
    rows: actor => eb =>
      eb(
        'contribution.id',
        'in',
        eb
          .selectFrom('action as own')
          .select(sql<number>`own.contribution_id`.as('id'))
          .where('own.owner_person_id', '=', actor.personId)
          .where('own.contribution_id', 'is not', null),
      ),
  },
]

export const mayRead: Rule<ContributionAccess> = personRule(
  'those who raised it, its group, its action owners or the team',
  (actor, it) => isTeam(actor) || ways.some(way => way.holds(actor, it)),
)

/** The same rule for lists, way by way: each of them an index answers newest first. */
export function waysToRead(actor: Actor): readonly Condition[] {
  if (isTeam(actor)) return [eb => eb.and([])]
  return ways.flatMap(way => way.rows(actor) ?? [])
}

/** The same rule as one condition, for search and counts. */
export const readable = (eb: Eb, actor: Actor): Expression<SqlBool> =>
  eb.or(waysToRead(actor).map(way => way(eb)))

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

/** A translation is put beside somebody's words by themselves or the team, beside an answer by whoever gives answers. */
export const mayTranslate = (
  actor: Actor,
  it: ContributionAccess,
  { ofPersonId }: { readonly ofPersonId: number | null },
): boolean =>
  isTeam(actor) ||
  (ofPersonId === null
    ? mayGiveTheAnswer.holds(actor, it)
    : ofPersonId === actor.personId && isContributor(actor, it))

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
