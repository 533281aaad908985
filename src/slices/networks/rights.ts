import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { Held, Leaving, WhatLeavingMeans } from '#platform/http/route.ts'

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
    await sql`update message m set address = '', body = 'Deleted, because this person left.', subject = 'Deleted'
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
