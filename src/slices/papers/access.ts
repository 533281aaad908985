import { leads, personRule, type Rule } from '#platform/permission.ts'
import {
  type LoadedMeeting,
  mayReadMeeting,
  mayReadPaper,
  mayRunMeeting,
  type PaperAccess,
} from '#slices/meetings/index.ts'

/** Questions go to the author; whoever runs the meeting can write down what the author said. */
export const mayAnswerQuestions: Rule<PaperAccess> = personRule(
  'its author, or who runs the meeting',
  (actor, it) =>
    !it.excludedIds.includes(actor.personId) &&
    (it.authorId === actor.personId || (it.handling !== 'named' && mayRunMeeting.holds(actor, it))),
)

/** A lay member of the group: for them papers are in time (product.md, "The Operational Board"). */
export const isLayMember: Rule<{ readonly groupId: number }> = personRule(
  'a lay member of the group',
  (actor, it) =>
    !leads(actor, it.groupId) &&
    actor.memberships.some(each => each.groupId === it.groupId && (each.lay || each.role === 'volunteer')),
)

/** Who comes to the meeting and may read the paper. */
export const mayAskAbout: Rule<PaperAccess & { readonly meeting: LoadedMeeting }> = personRule(
  'who may read the paper and comes to the meeting',
  (actor, it) => it.out && mayReadPaper.holds(actor, it) && mayReadMeeting.holds(actor, it.meeting),
)
