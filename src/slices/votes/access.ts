import { type Actor, isMemberOf, isTeam, personRule, type Rule } from '#platform/permission.ts'
import { type ItemAccess, mayReadWhatItSays } from '#slices/meetings/index.ts'
import type { By } from './motion.ts'
import type { LoadedMotion } from './store.ts'

/** Nobody reads a motion whose item's paper is kept from them; whoever is on its roll reads it. */
export const mayReadMotion: Rule<LoadedMotion> = personRule(
  'whoever may read the item, and those on the roll, unless the paper is kept from them',
  (actor, it) =>
    mayReadWhatItSays.holds(actor, it) || (isOnRoll(actor, it) && !it.excludedIds.includes(actor.personId)),
)

/** Any member of the group, and the team; the chair opens it. */
export const mayPropose: Rule<ItemAccess> = personRule(
  'a member of the group or the team, who may read the item',
  (actor, it) => (isMemberOf(actor, it.groupId) || isTeam(actor)) && mayReadWhatItSays.holds(actor, it),
)

export const mayChangeMotion: Rule<LoadedMotion> = personRule(
  'who proposed it, the chair, the deputy or the team',
  (actor, it) => {
    const by = byOf(actor, it)
    return mayReadMotion.holds(actor, it) && (by.leads || by.isTeam || by.proposed)
  },
)

/** Opening, closing and a casting vote are the chair's: whoever is in conflict is told so by the step. */
export const mayLeadVote: Rule<LoadedMotion> = personRule(
  'the chair, the deputy, or who presides instead of both',
  (actor, it) => mayReadMotion.holds(actor, it) && it.leaderIds.includes(actor.personId),
)

/** On the roll, whatever happened since: the ballot page says why a ballot cannot be taken. */
export const isVoter: Rule<LoadedMotion> = personRule(
  'a person on the roll of this vote, unless its paper is kept from them',
  (actor, it) => isOnRoll(actor, it) && !it.excludedIds.includes(actor.personId),
)

/** The secretary votes for whoever has no device, in votes that are not secret. */
export const mayVoteForOthers: Rule<LoadedMotion> = personRule(
  'the team, in a vote that is not secret',
  (actor, it) => isTeam(actor) && mayReadMotion.holds(actor, it) && !it.row.is_secret,
)

export const mayReadDissent = (
  actor: Actor,
  it: LoadedMotion,
  dissent: { personId: number; forChairOnly: boolean },
) => !dissent.forChairOnly || dissent.personId === actor.personId || it.leaderIds.includes(actor.personId)

const isOnRoll = (actor: Actor, it: LoadedMotion) => it.roll.some(each => each.personId === actor.personId)

/** Has an interest that meets this item: more than noted, or nobody decided yet. */
export const isInConflict = (it: Pick<LoadedMotion, 'conflicts'>, personId: number): boolean =>
  it.conflicts.some(each => each.personId === personId && each.outcome !== 'none' && each.outcome !== 'noted')

export const byOf = (actor: Actor, it: LoadedMotion): By => ({
  personId: actor.personId,
  leads: it.leaderIds.includes(actor.personId),
  isTeam: isTeam(actor),
  proposed: it.row.proposed_by_person_id === actor.personId,
  inConflict: isInConflict(it, actor.personId),
})
