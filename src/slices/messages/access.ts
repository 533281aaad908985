import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Tables } from '#platform/database/tables.ts'
import { type Actor, isTeam, leads, personRule, type Rule } from '#platform/permission.ts'
import type { Side, ThreadKind } from './tables.ts'

/** What permission asks about a thread. */
export interface ThreadAccess {
  readonly kind: ThreadKind
  readonly personId: number
  readonly groupId: number | null
  readonly buddyIds: readonly number[]
}

/** Which side somebody is on; undefined: it is not in their inbox at all. */
export function sideOf(actor: Actor, it: ThreadAccess): Side | undefined {
  if (it.kind === 'buddy') {
    if (!it.buddyIds.includes(actor.personId)) return undefined
    return it.personId === actor.personId ? 'person' : 'us'
  }
  if (it.personId === actor.personId) return 'person'
  if (it.kind === 'team') return isTeam(actor) ? 'us' : undefined
  return leads(actor, it.groupId) ? 'us' : undefined
}

/** The person, and the other side: the team, the group’s chair and deputy, or the buddy. Nobody else. */
export const mayRead: Rule<ThreadAccess> = personRule(
  'the two sides of the message',
  (actor, it) => sideOf(actor, it) !== undefined,
)

/** The team, in a thread of the team: for what a person said on the phone. */
export const mayWriteDown: Rule<ThreadAccess> = personRule(
  'the team, in a message to the team',
  (actor, it) => it.kind === 'team' && isTeam(actor) && it.personId !== actor.personId,
)

export const ledGroups = (actor: Actor): number[] =>
  actor.memberships.filter(each => each.role === 'chair' || each.role === 'deputy').map(each => each.groupId)

/** The same rule as SQL, for lists; a test holds the two against each other. */
export function readable(eb: ExpressionBuilder<Tables, 'message_thread'>, actor: Actor): Expression<SqlBool> {
  return eb.or([
    eb.and([eb('message_thread.kind', '<>', 'buddy'), eb('message_thread.person_id', '=', actor.personId)]),
    eb.and([
      eb('message_thread.kind', '=', 'buddy'),
      eb.or([
        eb('message_thread.one_person_id', '=', actor.personId),
        eb('message_thread.other_person_id', '=', actor.personId),
      ]),
    ]),
    eb.and([
      eb('message_thread.kind', '=', 'chair'),
      sql<SqlBool>`message_thread.group_id = any(${ledGroups(actor)}::integer[])`,
    ]),
    ...(isTeam(actor) ? [eb('message_thread.kind', '=', 'team')] : []),
  ])
}
