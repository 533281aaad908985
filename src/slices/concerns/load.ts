import { askTogether } from '#platform/database/questions.ts'
import type { Visit } from '#platform/http/route.ts'
import type { WhoReads } from './access.ts'
import { openDoor } from './eyes.ts'
import { readersQuestion } from './readers.ts'
import { codeOf } from './return-code.ts'
import { type LoadedConcern, readConcern } from './store.ts'

/** As its raiser (signed in, or come with the return code) or as one whom they chose; for all others it is not there. */
export async function loadConcern(
  visit: Visit<undefined>,
  how: { forChange: boolean },
): Promise<LoadedConcern | undefined> {
  const code = await codeOf(visit)
  if (code) await openDoor(visit.tx, code.door)
  const before = Number(visit.query.get('before') ?? '')
  return await readConcern(
    visit,
    visit.params.concern,
    { code },
    {
      forChange: how.forChange,
      before: Number.isSafeInteger(before) && before > 0 && before < 2 ** 31 ? before : undefined,
    },
  )
}

export async function loadReaders(visit: Visit<undefined>): Promise<WhoReads> {
  const [possible] = await askTogether(visit.tx, [readersQuestion(visit.today)])
  return { possible }
}
