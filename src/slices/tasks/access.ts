import {
  type Actor,
  anyOf,
  isTeam,
  isVolunteer,
  personRule,
  type Rule,
  theTeam,
} from '#platform/permission.ts'

/** What permission asks about a task. */
export interface TaskAccess {
  readonly openTo: 'asked' | 'everyone'
  readonly offers: readonly { readonly personId: number }[]
}

const wasAsked = (actor: Actor, it: TaskAccess) => it.offers.some(each => each.personId === actor.personId)
const mayTake = (actor: Actor, it: TaskAccess) =>
  wasAsked(actor, it) || (it.openTo === 'everyone' && isVolunteer(actor))

/** A task that was asked of some is nobody else's business: whoever said no stays unknown to the others. */
export const mayRead: Rule<TaskAccess> = personRule(
  'who was asked, each volunteer if it is open to all, or the team',
  (actor, it) => isTeam(actor) || mayTake(actor, it),
)
export const whoMayTake: Rule<TaskAccess> = personRule(
  'who was asked, or each volunteer if it is open to all',
  mayTake,
)
export const aVolunteer: Rule = personRule('a volunteer', isVolunteer)
export const aVolunteerOrTheTeam: Rule = anyOf(aVolunteer, theTeam)

export const byOf = (actor: Actor, personId: number) => ({
  isThem: actor.personId === personId,
  isTeam: isTeam(actor),
})
