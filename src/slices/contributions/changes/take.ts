import type { Refusal } from '#kernel/decision.ts'
import type { RowChange } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { ByWhom } from '#platform/history.ts'
import type { Step } from '../contribution.ts'
import { type LoadedThread, saveStep } from '../store.ts'

/** What a change answers: done, or why not. */
export type Taken = { readonly accepted: true } | Refusal

/** Takes a step that was decided: saved, written into history and told, or refused with nothing done. */
export async function take(
  doing: Doing,
  loaded: LoadedThread,
  step: Step,
  more: { change?: RowChange<'contribution'>; by?: ByWhom } = {},
): Promise<Taken> {
  if (!step.accepted) return step
  await saveStep(doing, loaded, step, more)
  return { accepted: true }
}
