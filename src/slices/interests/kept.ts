import { sql } from 'kysely'
import { question } from '#platform/database/questions.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Kept } from '#platform/http/route.ts'
import { monthsKept, monthsShown } from './settings.ts'

/** The time in the team's register begins when that in the public one is over (R22). */
const over = (before: PlainDate) =>
  sql<boolean>`to_on is not null and to_on + make_interval(months => coalesce((select (s.value #>> '{}')::int
    from network_setting s where s.name = ${monthsShown.name} and s.from_on <= current_date
    order by s.from_on desc, s.id desc limit 1), ${monthsShown.usual})) < ${before.toString()}::date`

/** Ended interests. What was decided about them in a meeting stays with its minutes. */
export const interestsKept: Kept = {
  name: 'ended-interests',
  title: 'Interests that have ended',
  source: 'Managing conflicts of interest in the NHS: 6 months in public, then 6 years (R22)',
  months: monthsKept,
  count: before =>
    question(
      sql<{ many: number }>`select count(*)::integer as many from interest where ${over(before)}`,
      ([row]) => row?.many ?? 0,
    ),
  end: async ({ tx }, before) => {
    await tx
      .updateTable('conflict')
      .set({ interest_id: null })
      .where(sql<boolean>`interest_id in (select id from interest where ${over(before)})`)
      .execute()
    const gone = await tx.deleteFrom('interest').where(over(before)).executeTakeFirst()
    return Number(gone.numDeletedRows)
  },
}
