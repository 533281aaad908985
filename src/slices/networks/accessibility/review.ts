import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { DueWork } from '#platform/http/route.ts'
import { monthsUntilReview, reviewedOn } from './known.ts'

const due = Temporal.PlainDate.from(reviewedOn).add({ months: monthsUntilReview })

/** The team is reminded, once, that the statement has stood for a year (R44). */
export async function statementDue({ tx, network, today, remind }: DueWork): Promise<void> {
  if (Temporal.PlainDate.compare(today, due) < 0) return
  const team = await sql<{ id: number }>`
    select distinct h.person_id as id from post_holding h
    join person p on p.network_id = h.network_id and p.id = h.person_id
    where h.post = 'portfolio-manager' and p.left_on is null and h.from_on <= ${today}
      and (h.to_on is null or h.to_on >= ${today})`.execute(tx)
  for (const { id } of team.rows) {
    await remind({
      key: `accessibility-statement:${reviewedOn}:${id}`,
      personId: id,
      sentence: 'The accessibility statement has stood for a year: please look at it again',
      path: `/${network.slug}/accessibility`,
    })
  }
}
