import { happened } from '#kernel/decision.ts'
import type { Doing } from '#platform/doing.ts'

/**
 * A call made or a letter posted.
 * @returns false when it was done already: somebody else was first, or clicked twice
 */
export async function markDone(doing: Doing, messageId: number): Promise<boolean> {
  const marked = await doing.tx
    .updateTable('message')
    .set({ state: 'done', sent_at: doing.now, done_by_person_id: doing.actor?.personId ?? null })
    .where('id', '=', messageId)
    .where('state', '=', 'by-hand')
    .executeTakeFirst()
  if (Number(marked.numUpdatedRows) === 0) return false
  await doing.happened({ kind: 'message', id: messageId }, [happened('done-by-hand')])
  return true
}

/** What came of a call. Reached means done; not reached stays on the list. */
export async function noteCall(
  doing: Doing,
  messageId: number,
  call: { reached: boolean; words: string },
): Promise<boolean> {
  if (call.reached && !(await markDone(doing, messageId))) return false
  await doing.tx
    .insertInto('message_note')
    .values({
      network_id: doing.network.id,
      message_id: messageId,
      reached: call.reached,
      words: call.words,
      by_person_id: doing.actor!.personId,
      at: doing.now,
    })
    .execute()
  if (!call.reached) await doing.happened({ kind: 'message', id: messageId }, [happened('not-reached')])
  return true
}
