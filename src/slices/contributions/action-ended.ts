import type { Doing } from '#platform/doing.ts'
import { actionEnded } from './contribution.ts'
import { loadThread, saveStep } from './store.ts'

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
