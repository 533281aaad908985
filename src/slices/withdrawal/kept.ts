import { sql } from 'kysely'
import { question } from '#platform/database/questions.ts'
import type { Kept } from '#platform/http/route.ts'
import { numberSetting } from '#platform/network-settings.ts'

/** Goodbyes: when and how somebody left. Without one, nobody is known to have been here before. */
export const goodbyesKept: Kept = {
  name: 'goodbyes',
  title: 'Goodbyes: who left when, and our thank-you',
  source: 'Records Management Code of Practice: people who worked with us',
  months: numberSetting({
    name: 'keep-goodbyes',
    title: 'Keep goodbyes',
    usual: 72,
    least: 1,
    most: 240,
    unit: 'months',
  }),
  count: before =>
    question(
      sql<{
        n: number
      }>`select count(*)::int as n from leaving where state <> 'planned' and on_day < ${before}`,
      ([row]) => row?.n ?? 0,
    ),
  async end({ tx }, before) {
    await sql`delete from here_before b using leaving l where l.network_id = b.network_id
      and l.person_id = b.earlier_person_id and l.state = 'done' and l.on_day < ${before}`.execute(tx)
    const gone = await sql`delete from leaving where state <> 'planned' and on_day < ${before}`.execute(tx)
    return Number(gone.numAffectedRows ?? 0)
  },
}
