import type { Doing } from '#platform/doing.ts'

/** Whoever was to write an answer leaves: without an owner, the group's chair owns it, as everywhere else. */
export async function handFeedbackOn({ tx }: Pick<Doing, 'tx'>, personId: number): Promise<void> {
  await tx
    .updateTable('contribution')
    .set({ feedback_owner_person_id: null })
    .where('feedback_owner_person_id', '=', personId)
    .where('state', 'not in', ['closed', 'ended-unanswered', 'withdrawn'])
    .execute()
}
