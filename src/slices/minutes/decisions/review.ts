import { Temporal } from 'temporal-polyfill'
import { happened, type Refusal, refuse } from '#kernel/decision.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { loadMeeting, raiseItem } from '#slices/meetings/index.ts'
import type { LoadedDecision } from './store.ts'

/**
 * "Is this still right?" (BOARD-18). Yes: it stands, until the next day that is set. No: it goes to the next meeting
 * of the same group whose agenda is open, which decides anew.
 */
export async function reviewDecision(
  doing: Doing,
  loaded: LoadedDecision,
  given: { stillRight: boolean; because: string; next: PlainDate | null },
): Promise<{ readonly accepted: true } | Refusal> {
  if (loaded.row.still_right === 'no') {
    return refuse('not-right', 'The group found already that this is not right any more')
  }
  if (given.next && Temporal.PlainDate.compare(given.next, doing.today) <= 0) {
    return refuse('in-the-past', 'The day to look at it again must be in the future')
  }
  const next = given.stillRight ? undefined : await nextMeeting(doing, loaded.groupId)
  await doing.tx
    .updateTable('board_decision')
    .set({
      still_right: given.stillRight ? 'yes' : 'no',
      reviewed_at: doing.now,
      ...(given.stillRight && given.next ? { review_on: given.next } : {}),
    })
    .where('id', '=', loaded.id)
    .execute()
  await doing.happened({ kind: 'decision', id: loaded.id }, [
    happened('reviewed', {
      answer: given.stillRight ? 'yes' : 'no',
      because: given.because,
      ...(next ? { to: next.reference } : {}),
    }),
  ])
  if (!next) return { accepted: true }
  const raised = await raiseItem(doing, next, {
    title: `Decision ${loaded.number} is not right any more`,
    // What is confidential stays with those who are named.
    about:
      loaded.handling === 'named'
        ? 'It is a confidential decision: see the register.'
        : `${loaded.row.text}\n\n${given.because}`.slice(0, 2000),
    asked: 'decide',
    minutes: 10,
    wished: loaded.handling === 'public' ? 'public' : 'board',
    contributionIds: [],
  })
  return raised.accepted ? { accepted: true } : raised
}

/** Where one can still ask for an item. */
async function nextMeeting(doing: Doing, groupId: number) {
  const row = await doing.tx
    .selectFrom('meeting')
    .select('number')
    .where('group_id', '=', groupId)
    .where('state', 'in', ['planned', 'agenda-open'])
    .where('starts_at', '>', doing.now)
    .orderBy('starts_at')
    .limit(1)
    .executeTakeFirst()
  return row && (await loadMeeting(doing, row.number, { forChange: true }))
}
