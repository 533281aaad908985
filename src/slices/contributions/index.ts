import type { Doing } from '#platform/doing.ts'
import type { Slice } from '#platform/http/route.ts'
import { actionEnded } from './contribution.ts'
import { contributionPaths } from './paths.ts'
import { loadThread, saveStep } from './store.ts'

export { type GivenFeedback, giveFeedback, giveVerdict, type SaidVerdict } from './changes/answering.ts'
export {
  addAction,
  addView,
  bodyAnswered,
  chase,
  consider,
  type GivenConsideration,
} from './changes/considering.ts'
export { acknowledge, answer, ask, signpost } from './changes/routing.ts'
export { contributionPaths, loadThread }

/** Called when an action was done or dropped: the last one makes the contribution "changed". */
export async function actionOfViewEnded(doing: Doing, contributionId: number): Promise<void> {
  const row = await doing.tx
    .selectFrom('contribution')
    .select('number')
    .where('id', '=', contributionId)
    .executeTakeFirst()
  const loaded = row && (await loadThread(doing.tx, row.number, { forChange: true }))
  if (!loaded) return
  const step = actionEnded(loaded.thread, doing.when)
  if (step?.accepted) await saveStep(doing, loaded, step)
}

export const contributions: Slice = { name: 'contributions', routes: [] }
