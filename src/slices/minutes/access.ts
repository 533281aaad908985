import { isMemberOf, isTeam, personRule, type Rule, rule } from '#platform/permission.ts'
import { type LoadedItem, type LoadedMeeting, mayPlaceItem } from '#slices/meetings/index.ts'

/** Once they are published everybody reads part A; before that, and part B, the group and the team (R28, BOARD-19). */
export const mayReadMinutes: Rule<LoadedMeeting> = rule(
  'everybody once they are published; before that a member of the group or the team',
  (actor, it) =>
    it.it.state === 'published' || (actor !== undefined && (isMemberOf(actor, it.groupId) || isTeam(actor))),
)

/** Its chair and deputy, and the team as its secretary, if they may read what the item says. */
export const mayMinute: Rule<LoadedItem> = mayPlaceItem

export const mayCorrect: Rule<LoadedMeeting> = personRule(
  'a member of the group or the team',
  (actor, it) => isMemberOf(actor, it.groupId) || isTeam(actor),
)
