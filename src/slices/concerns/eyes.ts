import { sql } from 'kysely'
import type { Tx } from '#platform/database/tables.ts'

/** With whose eyes the database is looked at: a person's, those of whoever has a return code, or of all readers. */
export interface Eyes {
  readonly personId?: number | undefined
  readonly door?: string | undefined
  readonly readers?: readonly number[]
}

/**
 * Does `work` with these eyes and no others, and gives back those of before. The clock looks with the eyes of the
 * readers: there is no way round the rule, not even for us.
 */
export async function withEyes<Answer>(tx: Tx, eyes: Eyes, work: () => Promise<Answer>): Promise<Answer> {
  const before = await sql<Settings>`
    select current_setting('app.person', true) as person, current_setting('app.concern', true) as door,
      current_setting('app.eyes', true) as eyes`.execute(tx)
  await look(tx, {
    person: eyes.personId === undefined ? null : String(eyes.personId),
    door: eyes.door ?? null,
    eyes: eyes.readers ? `{${eyes.readers.join(',')}}` : null,
  })
  const answer = await work()
  await look(tx, before.rows[0]!)
  return answer
}

/** For the rest of this transaction: somebody came with the code. */
export async function openDoor(tx: Tx, door: string): Promise<void> {
  await sql`select set_config('app.concern', ${door}, true)`.execute(tx)
}

interface Settings {
  readonly person: string | null
  readonly door: string | null
  readonly eyes: string | null
}

async function look(tx: Tx, { person, door, eyes }: Settings): Promise<void> {
  await sql`select set_config('app.person', ${person ?? ''}, true), set_config('app.concern', ${door ?? ''}, true),
    set_config('app.eyes', ${eyes ?? ''}, true)`.execute(tx)
}
