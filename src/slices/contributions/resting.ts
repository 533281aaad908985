import { type SqlBool, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { readState } from './store.ts'
import { nextWake } from './wake.ts'

// Who rests need not say whether an answer closes their loop: nobody reminds them, and it does not end meanwhile.

const restsIn = (today: PlainDate) => sql`exists (select from contributor b
  join person p on p.network_id = b.network_id and p.id = b.person_id
  where b.network_id = contribution.network_id and b.contribution_id = contribution.id
    and b.withdrawn_at is null and b.verdict is null
    and p.paused_from <= ${today} and (p.paused_until is null or p.paused_until >= ${today}))`

/** Not the time of a contribution whose verdict somebody owes who rests. */
export const notOfSomebodyAtRest = (today: PlainDate) =>
  sql<SqlBool>`not (state = 'fed-back' and ${restsIn(today)})`

/** They are back: as many days are left as before the rest. */
export async function afterRest(
  { tx, today, when }: Doing,
  personId: number,
  from: PlainDate,
): Promise<void> {
  const rows = await tx
    .selectFrom('contribution as c')
    .innerJoin('contributor as b', join =>
      join.onRef('b.network_id', '=', 'c.network_id').onRef('b.contribution_id', '=', 'c.id'),
    )
    .select(['c.id', 'c.state', 'c.state_data', 'c.state_since', 'c.version'])
    .where('b.person_id', '=', personId)
    .where('b.withdrawn_at', 'is', null)
    .where('b.verdict', 'is', null)
    .where('c.state', '=', 'fed-back')
    .orderBy('c.id')
    .execute()
  for (const row of rows) {
    const it = readState(row.state, row.state_data)
    if (it.state !== 'fed-back') continue
    // An answer that came during the rest: from its own day.
    const answered = row.state_since.toZonedDateTimeISO('Europe/London').toPlainDate()
    const since = Temporal.PlainDate.compare(answered, from) > 0 ? answered : from
    const { days } = since.until(today, { largestUnit: 'days' })
    if (days <= 0) continue
    // What was asked before the rest is not asked again.
    const asked = Temporal.PlainDate.compare(it.remindOn, since) < 0
    const moved = {
      ...it,
      remindOn: asked ? it.remindOn : it.remindOn.add({ days }),
      endsOn: it.endsOn.add({ days }),
    }
    const { state: _, ...data } = moved
    await tx
      .updateTable('contribution')
      .set({
        state_data: JSON.stringify(data),
        wake_on: nextWake(moved, when.clocks, today),
        version: row.version + 1,
      })
      .where('id', '=', row.id)
      .execute()
  }
}
