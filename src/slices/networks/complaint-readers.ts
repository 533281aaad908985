import { type SqlBool, sql } from 'kysely'
import type { PlainDate, Tx } from '#platform/database/tables.ts'

/** Who holds one of these posts today, as a statement. */
const holders = (
  post: 'director' | 'portfolio-manager',
  today: PlainDate,
) => sql`select h.person_id from post_holding h
  join person p on p.network_id = h.network_id and p.id = h.person_id
  where h.post = ${post} and p.left_on is null and h.from_on <= ${today} and (h.to_on is null or h.to_on >= ${today})`

const named = (today: PlainDate) => sql`select d.person_id from data_contact d
  join person p on p.network_id = d.network_id and p.id = d.person_id
  where p.left_on is null and d.from_on <= ${today} and (d.to_on is null or d.to_on >= ${today})`

/**
 * Who may read complaints about data, as ids of a statement: those who were named; until somebody is, the director; while
 * that post is vacant, the portfolio manager (R1). The one definition, for pages, home, week and reminders.
 */
const complaintReaders = (today: PlainDate) => sql<{ person_id: number }>`(${named(today)})
  union (select x.person_id from (${holders('director', today)}) x where not exists (${named(today)}))
  union (select x.person_id from (${holders('portfolio-manager', today)}) x
    where not exists (${named(today)}) and not exists (${holders('director', today)}))`

export const mayReadComplaints = (personId: number, today: PlainDate) =>
  sql<SqlBool>`${personId}::integer in (${complaintReaders(today)})`

export async function complaintReaderIds(tx: Tx, today: PlainDate): Promise<readonly number[]> {
  const found = await complaintReaders(today).execute(tx)
  return found.rows.map(each => each.person_id)
}
