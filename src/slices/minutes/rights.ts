import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { Held, Leaving, WhatLeavingMeans } from '#platform/http/route.ts'

/** What was minuted stays: the law asks for it (R9). */
export const leaving: Leaving = {
  says: personId =>
    question(
      sql<{ n: number }>`select count(*)::int as n from minutes_correction where person_id = ${personId}`,
      ([facts]): WhatLeavingMeans => ({
        stays: facts && facts.n > 0 ? ['Corrections to minutes that were asked for, with the answers'] : [],
      }),
    ),
  leave: async () => {},
}

type Row = Record<string, string | number | boolean | null>

export const held = (personId: number): Question<Held>[] => [
  question(
    sql<Row>`select 'M-' || m.number as "Meeting", c.at::date as "Day", c.words as "Your correction", c.answer as "Taken",
      c.because as "Because" from minutes_correction c
      join meeting m on m.network_id = c.network_id and m.id = c.meeting_id
      where c.person_id = ${personId} order by c.id`,
    (rows): Held => ({ title: 'Corrections that you asked for', rows }),
  ),
  question(
    sql<Row>`select 'M-' || m.number as "Meeting", a.took_part as "You could take part", a.was_heard as "You were heard",
      a.would_help as "What would help" from after_meeting a
      join meeting m on m.network_id = a.network_id and m.id = a.meeting_id where a.person_id = ${personId}`,
    (rows): Held => ({
      title: 'What you said after meetings',
      note: 'Only what you said with your name. The rest leads to nobody.',
      rows,
    }),
  ),
]
