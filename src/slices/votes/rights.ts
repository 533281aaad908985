import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { Held, Leaving, WhatLeavingMeans } from '#platform/http/route.ts'

/**
 * A ballot that was given counts; whoever has not voted is no voter any more once the place ended (changes.ts, `writeRoll`).
 * They can change an open ballot until the moment they leave.
 */
export const leaving: Leaving = {
  says: personId =>
    question(
      sql<{ number: number; voted: boolean }>`select m.number, v.has_voted as voted from voter v
        join motion m on m.network_id = v.network_id and m.id = v.motion_id
        where v.person_id = ${personId} and m.state = 'open' and v.off_because is null order by m.number`,
      (rows): WhatLeavingMeans => ({
        stays: [
          ...rows
            .filter(each => each.voted)
            .map(
              each =>
                `The vote given on V-${each.number}, which is still open: it counts. It can be changed before the goodbye, not after`,
            ),
          'Votes that were counted. A secret vote leads to nobody',
        ],
        goes: rows
          .filter(each => !each.voted)
          .map(each => `The right to vote on V-${each.number}, which is still open`),
      }),
    ),
  leave: async () => {},
}

type Row = Record<string, string | number | boolean | null>

export const held = (personId: number): Question<Held>[] => [
  question(
    sql<Row>`select 'V-' || m.number as "Motion", m.text as "Put to the vote", m.opened_at::date as "Day", v.has_voted as "You voted",
      case when m.is_secret then 'Secret: nobody can join it to you, we neither'
           else (select b.choice::text from ballot b where b.network_id = v.network_id and b.motion_id = v.motion_id
                 and b.person_id = v.person_id) end as "Your choice"
      from voter v join motion m on m.network_id = v.network_id and m.id = v.motion_id
      where v.person_id = ${personId} order by m.number`,
    (rows): Held => ({
      title: 'Votes',
      note: 'Secret ballots are left out: they hold no name.',
      rows,
    }),
  ),
  question(
    sql<Row>`select 'V-' || m.number as "Motion", d.words as "Your own words against", d.at::date as "Day"
      from dissent d join motion m on m.network_id = d.network_id and m.id = d.motion_id
      where d.person_id = ${personId} order by d.at`,
    (rows): Held => ({ title: 'Your own words in the minutes', rows }),
  ),
]
