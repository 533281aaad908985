import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely'
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

/** What permission asks about a request. */
export interface RequestAccess {
  readonly askerId: number
  readonly groupId: number
}

const asked = (actor: Actor, it: RequestAccess) => it.askerId === actor.personId

/** The asker, everyone of the SIG (what it is asked and how it answers is open to its members), and the team. */
export const mayRead: Rule<RequestAccess> = personRule(
  'who asked, the members of the SIG, or the team',
  (actor, it) => asked(actor, it) || isMemberOf(actor, it.groupId) || isTeam(actor),
)

/** The same rule as SQL, for lists and search; a test holds the two against each other. */
export function readable(
  eb: ExpressionBuilder<Tables, 'chair_request'>,
  actor: Actor,
): ExpressionWrapper<Tables, 'chair_request', SqlBool> {
  if (isTeam(actor)) return eb.and([])
  const groups = groupsOf(actor)
  return eb.or([
    eb('chair_request.asker_person_id', '=', actor.personId),
    ...(groups.length > 0 ? [eb('chair_request.group_id', 'in', groups)] : []),
  ])
}

export const leadsTheSig: Rule<RequestAccess> = personRule('the SIG’s chair or deputy', (actor, it) =>
  leads(actor, it.groupId),
)
/** The team answers once it is with the portfolio manager; when, the decision says. */
export const mayAnswer: Rule<RequestAccess> = personRule(
  'the SIG’s chair or deputy, or the team',
  (actor, it) => leads(actor, it.groupId) || isTeam(actor),
)
export const whoAsked: Rule<RequestAccess> = personRule('who asked', asked)
/** The team writes down what somebody told them by phone, by post or in the room; it is marked so. */
export const whoAskedOrTheTeam: Rule<RequestAccess> = personRule(
  'who asked, or the team as told',
  (actor, it) => asked(actor, it) || isTeam(actor),
)
/** A translation is put beside the asker's words by the asker or the team, beside an answer by who leads the SIG or the team. */
export const mayTranslate = (
  actor: Actor,
  it: RequestAccess,
  { ofPersonId }: { readonly ofPersonId: number | null },
): boolean =>
  isTeam(actor) ||
  (ofPersonId === null ? leads(actor, it.groupId) : ofPersonId === actor.personId && asked(actor, it))
/** Each for the own side: the asker for the question, chair and deputy for the answer; the team as an asker told it. */
export const mayConsent: Rule<RequestAccess> = personRule(
  'who asked, the SIG’s chair or deputy, or the team as told',
  (actor, it) => asked(actor, it) || leads(actor, it.groupId) || isTeam(actor),
)
export const leadsAGroup: Rule = personRule('a chair or deputy', actor =>
  actor.memberships.some(each => each.role === 'chair' || each.role === 'deputy'),
)

export function byOf(actor: Actor, it: RequestAccess) {
  return { isAsker: asked(actor, it), leads: leads(actor, it.groupId), isTeam: isTeam(actor) }
}
