import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { Held, Kept, Leaving, WhatLeavingMeans } from '#platform/http/route.ts'
import { numberSetting } from '#platform/network-settings.ts'

/** A complaint about data that is not answered yet is answered, at the address given for it; then that address goes. */
export const leaving: Leaving = {
  says: personId =>
    question(
      sql<{
        open: number
      }>`select count(*)::int as open from data_complaint where person_id = ${personId} and answered_at is null`,
      ([facts]): WhatLeavingMeans => ({
        stays:
          facts && facts.open > 0
            ? ['The complaint about data that is not answered yet, with its own address until the answer']
            : [],
      }),
    ),
  async leave({ tx }, personId) {
    await tx
      .updateTable('data_complaint')
      .set({ address: '' })
      .where('person_id', '=', personId)
      .where('answered_at', 'is not', null)
      .execute()
    await sql`update message m set address = '', body = 'Deleted, because this person left.', layout = null, english = null, subject = 'Deleted'
      from data_complaint c where m.person_id is null and m.about_kind = 'data-complaint' and m.about_id = 'D-' || c.number
        and c.person_id = ${personId} and m.state not in ('waiting', 'sending')`.execute(tx)
  },
}

type Row = Record<string, string | number | boolean | null>

export const held = (personId: number): Question<Held>[] => [
  question(
    sql<Row>`select 'D-' || number as "Number", received_at::date as "Day", words as "Your words", outcome as "Our answer"
      from data_complaint where person_id = ${personId} order by id`,
    (rows): Held => ({ title: 'Complaints about data that you made signed in', rows }),
  ),
]

export const complaintsKept: Kept = {
  name: 'data-complaints',
  title: 'Complaints about data, after the answer',
  source: 'Records Management Code of Practice: complaints',
  months: numberSetting({
    name: 'keep-data-complaints',
    title: 'Keep complaints about data',
    usual: 120,
    least: 12,
    most: 360,
    unit: 'months',
  }),
  count: before =>
    question(
      sql<{ n: number }>`select count(*)::int as n from data_complaint where answered_at < ${before}::date`,
      ([row]) => row?.n ?? 0,
    ),
  async end({ tx }, before) {
    const gone = await sql`delete from data_complaint where answered_at < ${before}::date`.execute(tx)
    return Number(gone.numAffectedRows ?? 0)
  },
}
