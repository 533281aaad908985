import type { Happened } from '#kernel/decision.ts'
import type { Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import type { Contribution } from './contribution.ts'
import type { LoadedThread } from './store.ts'

/** What people are told of what happened: made from history, never by hand. */
export async function tellingsOf(
  _doing: Doing,
  _loaded: LoadedThread,
  _now: Contribution,
  _events: readonly Happened[],
): Promise<Telling[]> {
  return []
}
