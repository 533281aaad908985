import { leads, personRule, type Rule } from '#platform/permission.ts'
import {
  type LoadedItem,
  type LoadedMeeting,
  mayReadMeeting,
  mayReadPaper,
  mayReadWhatItSays,
  mayRunMeeting,
  type PaperAccess,
} from '#slices/meetings/index.ts'

/** A paper comes from whoever runs the meeting, or from whoever raised or presents the item. */
export const mayAddPaper: Rule<LoadedItem> = personRule(
  'who runs the meeting, or who raised or presents the item',
  (actor, it) =>
    mayReadWhatItSays.holds(actor, it) &&
    (mayRunMeeting.holds(actor, it) ||
      it.item.raised_by_person_id === actor.personId ||
      it.item.presenter_person_id === actor.personId),
)

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
