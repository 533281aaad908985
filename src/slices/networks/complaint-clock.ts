import { Temporal } from 'temporal-polyfill'
import { isLate } from '#kernel/calendar/working-days.ts'
import { reference } from '#kernel/references.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type { DueWork, HomePart, Visit } from '#platform/http/route.ts'
import { complaintReaderIds, mayReadComplaints } from './complaint-readers.ts'
import { networkPaths } from './paths.ts'

const open = (tx: Tx) =>
  tx
    .selectFrom('data_complaint')
    .select(['id', 'number', 'update_by'])
    .where('answered_at', 'is', null)
    .orderBy('last_day')
    .limit(100)

/** The contact is reminded on the day on which the next news is due, once for each promise. */
export async function complaintsDue(work: DueWork): Promise<void> {
  const rows = (await open(work.tx).execute()).filter(
    row => row.update_by && row.update_by.toString() <= work.today.toString(),
  )
  if (rows.length === 0) return
  const readers = await complaintReaderIds(work.tx, work.today)
  for (const row of rows) {
    for (const personId of readers) {
      await work.remind({
        key: `data-complaint-news-due:${row.id}:${row.update_by}:${personId}`,
        personId,
        sentence: `Somebody waits for news about ${reference('D', row.number)}`,
        path: networkPaths.complaint(work.network.slug, reference('D', row.number)),
      })
    }
  }
}

export function complaintsAtHome(visit: Visit): Question<HomePart>[] {
  if (!visit.actor) return []
  const mine = mayReadComplaints(visit.actor.personId, visit.today)
  return [
    question(open(visit.tx).where(mine), rows => ({
      needs: rows.map(row => ({
        title: `Complaint about data ${reference('D', row.number)}`,
        href: networkPaths.complaint(visit.network.slug, reference('D', row.number)),
        status: 'Waits for you',
        due: row.update_by === null ? null : Temporal.PlainDate.from(row.update_by),
      })),
    })),
  ]
}

export async function complaintsLate(tx: Tx, today: PlainDate): Promise<Record<string, number>> {
  const rows = await open(tx).execute()
  return { 'data-complaint': rows.filter(row => isLate(row.update_by, today)).length }
}
