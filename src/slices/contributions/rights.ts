import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { Held, Leaving, WhatLeavingMeans } from '#platform/http/route.ts'
import { handFeedbackOn } from './handing-on.ts'

const open = sql`c.state not in ('closed', 'ended-unanswered', 'withdrawn')`
const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`

/** What somebody said stays said, under the privacy they chose (R9); only they can take it out, and do that before. */
export const leaving: Leaving = {
  says: personId =>
    question(
      sql<{ said: number; open: number; answers: number }>`select
        (select count(*)::int from contributor b where b.person_id = ${personId} and b.withdrawn_at is null) as said,
        (select count(*)::int from contributor b join contribution c on c.network_id = b.network_id and c.id = b.contribution_id
          where b.person_id = ${personId} and b.withdrawn_at is null and ${open}) as open,
        (select count(*)::int from contribution c where c.feedback_owner_person_id = ${personId} and ${open}) as answers`,
      ([facts]): WhatLeavingMeans => ({
        stays: [
          ...(facts && facts.said > 0
            ? [
                `${count(facts.said, 'view that was', 'views that were')} given: others built on ${facts.said === 1 ? 'it' : 'them'}. The name beside ${facts.said === 1 ? 'it' : 'each'} can be taken away, below`,
              ]
            : []),
          ...(facts && facts.open > 0
            ? [
                `${count(facts.open, 'view is', 'views are')} not answered yet: ${facts.open === 1 ? 'it goes' : 'they go'} on, and the answer can still come`,
              ]
            : []),
        ],
        handedOver:
          facts && facts.answers > 0
            ? [
                `${count(facts.answers, 'answer', 'answers')} to write: the chair of the group takes ${facts.answers === 1 ? 'it' : 'them'} over`,
              ]
            : [],
      }),
    ),
  async leave(doing, personId, { views, answersWanted }) {
    const { tx } = doing
    if (views === 'anonymous') {
      await tx
        .updateTable('contributor')
        .set({ naming: 'anonymous' })
        .where('person_id', '=', personId)
        .execute()
    }
    // Nobody can answer with a link that would reach nobody.
    if (!answersWanted) {
      await tx
        .updateTable('verdict_link')
        .set({ expires_on: doing.today.subtract({ days: 1 }) })
        .where('person_id', '=', personId)
        .where('used_at', 'is', null)
        .execute()
    }
    await handFeedbackOn(doing, personId)
  },
}

type Row = Record<string, string | number | boolean | null>

/** Own words only: of what others said, that something was said stands on the page of the view. */
export const held = (personId: number): Question<Held>[] => [
  question(
    sql<Row>`select 'C-' || c.number as "Number", c.received_at::date as "Day", c.kind as "Kind", c.title as "Title",
      case when b.is_first then c.words else b.words end as "Your words", b.naming as "Named", c.state as "Where it is",
      b.verdict as "Your verdict", b.verdict_words as "Why", b.withdrawn_at::date as "Withdrawn"
      from contributor b join contribution c on c.network_id = b.network_id and c.id = b.contribution_id
      where b.person_id = ${personId} order by c.id`,
    (rows): Held => ({ title: 'What you said', rows }),
  ),
  question(
    sql<Row>`select 'C-' || c.number as "Number", k.at::date as "Day", k.words as "Your words" from correction k
      join contribution c on c.network_id = k.network_id and c.id = k.contribution_id
      where k.person_id = ${personId}
      union all select 'C-' || c.number, v.at::date, v.words from member_view v
      join contribution c on c.network_id = v.network_id and c.id = v.contribution_id where v.person_id = ${personId}`,
    (rows): Held => ({ title: 'Your corrections, and your views on what others said', rows }),
  ),
  question(
    sql<Row>`select 'C-' || c.number as "Number", k.at::date as "Day", k.said as "What you wrote down" from consideration k
      join contribution c on c.network_id = k.network_id and c.id = k.contribution_id where k.by_person_id = ${personId}
      union all select 'C-' || c.number, f.at::date, f.what_happened from feedback f
      join contribution c on c.network_id = f.network_id and c.id = f.contribution_id where f.by_person_id = ${personId}`,
    (rows): Held => ({ title: 'What you wrote down for a group', rows }),
  ),
]
