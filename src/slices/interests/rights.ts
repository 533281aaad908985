import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { Held, Leaving, WhatLeavingMeans } from '#platform/http/route.ts'

/** Declared interests stay for their time (R22): decisions were taken with them in mind. */
export const leaving: Leaving = {
  says: personId =>
    question(
      sql<{ declared: number }>`select count(*)::int as declared from interest where person_id = ${personId}`,
      ([facts]): WhatLeavingMeans => ({
        stays:
          facts && facts.declared > 0
            ? [
                'Declared interests: in the public register for 6 months after they end, then kept apart for 6 years, as the NHS asks',
              ]
            : [],
      }),
    ),
  // From today nothing is declared any more; what was, ended with the place.
  async leave({ tx, today }, personId) {
    await tx
      .updateTable('interest')
      .set({ to_on: today })
      .where('person_id', '=', personId)
      .where('to_on', 'is', null)
      .execute()
  },
}

type Row = Record<string, string | number | boolean | null>

export const held = (personId: number): Question<Held>[] => [
  question(
    sql<Row>`select organisation as "Organisation", what as "What", type as "Kind", conflict as "Conflict", whose as "Whose",
      other_names as "Other names", from_on as "From", to_on as "To", declared_at::date as "Declared",
      organisation_kind as "Kind of organisation", what_is_done as "What is done about it",
      withhold_asked as "You asked to keep it out, because", withheld_because as "Kept out of the public register, because"
      from interest where person_id = ${personId} order by id`,
    (rows): Held => ({ title: 'Interests that you declared', rows }),
  ),
  question(
    sql<Row>`select on_day as "Day", is_nil as "Nothing to declare", about as "When" from interest_statement
      where person_id = ${personId} order by on_day, id`,
    (rows): Held => ({ title: 'When you said how your interests are', rows }),
  ),
  question(
    sql<Row>`select i.title as "About", c.why as "Why it was asked", c.person_says as "You said", c.person_words as "Your words",
      c.outcome as "What was decided", c.because as "Because"
      from conflict c join agenda_item i on i.network_id = c.network_id and i.id = c.item_id
      where c.person_id = ${personId} order by c.id`,
    (rows): Held => ({ title: 'Interests that met an agenda', rows }),
  ),
]
