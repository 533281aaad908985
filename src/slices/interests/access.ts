import { type Actor, isTeam, personRule, type Rule } from '#platform/permission.ts'
import { mayReadItem } from '#slices/meetings/index.ts'
import type { By } from './conflict.ts'
import type { LoadedConflict, LoadedInterest } from './store.ts'

/** The whole of it, with its history: whose it is, and the team. The public reads the register. */
export const mayReadInterest: Rule<LoadedInterest> = personRule(
  'the person whose interest it is, or the team',
  (actor, it) => it.personId === actor.personId || isTeam(actor),
)

/** The person always sees that and why, also when the paper is kept from them (product.md, "Conflict"). */
export const mayReadConflict: Rule<LoadedConflict> = personRule(
  'the person it is about, and the chair, the deputy or the team who may read the item',
  (actor, it) =>
    it.row.person_id === actor.personId ||
    ((it.leaderIds.includes(actor.personId) || isTeam(actor)) && mayReadItem.holds(actor, it.item)),
)

export const mayAnswerConflict: Rule<LoadedConflict> = personRule(
  'the person it is about, or the team as told',
  (actor, it) => it.row.person_id === actor.personId || (isTeam(actor) && mayReadItem.holds(actor, it.item)),
)

/** Whoever leads comes here; whoever is in conflict is told so by the step, with a sentence (R24). */
export const mayDecideConflict: Rule<LoadedConflict> = personRule(
  'the chair, the deputy, or who presides instead of both',
  (actor, it) => it.leaderIds.includes(actor.personId) && mayReadItem.holds(actor, it.item),
)

export const byOf = (actor: Actor, it: LoadedConflict): By => ({
  isThePerson: it.row.person_id === actor.personId,
  isTeam: isTeam(actor),
  leads: it.leaderIds.includes(actor.personId),
  inConflict: it.inConflict.includes(actor.personId),
})
