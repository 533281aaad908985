import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { Held, Leaving, WhatLeavingMeans } from '#platform/http/route.ts'

/** What is published was agreed to, word by word. The name beside it follows the view's own naming. */
export const leaving: Leaving = {
  says: personId =>
    question(
      sql<{ n: number }>`select count(*)::int as n from publication p
        join contributor b on b.network_id = p.network_id and b.contribution_id = p.contribution_id
        where b.person_id = ${personId} and p.state = 'published'`,
      ([facts]): WhatLeavingMeans => ({
        stays:
          facts && facts.n > 0
            ? [
                `${facts.n} ${facts.n === 1 ? 'text' : 'texts'} in “You said, we did”. Take ${facts.n === 1 ? 'it' : 'them'} down before the goodbye if that is wished`,
              ]
            : [],
      }),
    ),
  leave: async () => {},
}

type Row = Record<string, string | number | boolean | null>

export const held = (personId: number): Question<Held>[] => [
  question(
    sql<Row>`select 'C-' || p.number as "Number", a.at::date as "Day", a.answer as "You said", a.words as "Your words", a.naming as "Named",
      p.title as "Title", p.you_said as "You said (published text)", p.state as "Where it is"
      from publication_answer a join publication p on p.network_id = a.network_id and p.id = a.publication_id
      where a.person_id = ${personId} order by a.id`,
    (rows): Held => ({ title: 'What you agreed to publish', rows }),
  ),
]
