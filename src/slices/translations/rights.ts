import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { Held, Leaving, WhatLeavingMeans } from '#platform/http/route.ts'
import { languages } from '#platform/preferences.ts'

/** A translation stays with the words that it is of, and these stay; so does the name of who translated them. */
export const leaving: Leaving = {
  says: personId =>
    question(
      sql<{ made: number }>`select count(*)::int as made from translation
        where translator_person_id = ${personId} and of_person_id is distinct from ${personId}`,
      ([facts]): WhatLeavingMeans => ({
        stays: facts && facts.made > 0 ? ['Translations that you made, with your name beside them'] : [],
      }),
    ),
  leave: async () => {},
}

type Row = Record<string, string | number | boolean | null>

const thing = sql`case t.about_kind when 'contribution'
    then (select 'C-' || c.number from contribution c where c.network_id = t.network_id and c.id = t.about_id)
    else (select 'R-' || r.number from chair_request r where r.network_id = t.network_id and r.id = t.about_id) end`
const who = sql`coalesce((select p.name from person p where p.network_id = t.network_id and p.id = t.translator_person_id),
    concat_ws(', ', t.translator_name, nullif(t.translator_from, '')))`
const inWords = (row: Row): Row => ({
  ...row,
  Language: languages[String(row.Language)] ?? row.Language ?? null,
})

/** What others wrote is not told here, but for a translation that this person made of it. */
export const held = (personId: number): Question<Held>[] => [
  question(
    sql<Row>`select ${thing} as "Number", t.at::date as "Day", t.language as "Language", t.words as "Translation",
      ${who} as "Translated by", t.professional as "A professional translator"
      from translation t where t.of_person_id = ${personId}
      union all select ${thing}, b.at::date, t.language, b.words,
        coalesce((select p.name from person p where p.network_id = b.network_id and p.id = b.translator_person_id),
          concat_ws(', ', b.translator_name, nullif(b.translator_from, ''))), b.professional
      from translation_before b join translation t on t.network_id = b.network_id and t.id = b.translation_id
      where t.of_person_id = ${personId}`,
    (rows): Held => ({ title: 'Translations of what you said', rows: rows.map(inWords) }),
  ),
  question(
    sql<Row>`select ${thing} as "Number", t.at::date as "Day", t.language as "Language", t.words as "Translation"
      from translation t where t.of_person_id is distinct from ${personId}
        and t.translator_person_id = ${personId} order by t.id`,
    (rows): Held => ({ title: 'Translations that you made of what others said', rows: rows.map(inWords) }),
  ),
]
