import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { Held, Leaving, WhatLeavingMeans } from '#platform/http/route.ts'

/** Own marks and notes are for the reader alone, and go. Questions and their answers belong to the paper. */
export const leaving: Leaving = {
  says: personId =>
    question(
      sql<{ asked: number; written: number }>`select
        (select count(*)::int from paper_question where asker_person_id = ${personId}) as asked,
        (select count(*)::int from paper where author_person_id = ${personId}) as written`,
      ([facts]): WhatLeavingMeans => ({
        goes: ['Notes on papers, and which papers were read'],
        stays: [
          ...(facts && facts.asked > 0
            ? ['Questions about papers, with their answers: they belong to the paper']
            : []),
          ...(facts && facts.written > 0 ? ['Papers that were written for a meeting'] : []),
        ],
      }),
    ),
  async leave({ tx, now }, personId) {
    await tx.deleteFrom('reading_note').where('person_id', '=', personId).execute()
    await tx.deleteFrom('paper_reading').where('person_id', '=', personId).execute()
    await tx
      .updateTable('paper_help')
      .set({ words: '', done_at: now })
      .where('person_id', '=', personId)
      .where('done_at', 'is', null)
      .execute()
    await tx
      .updateTable('paper_question')
      .set({ state: 'withdrawn' })
      .where('asker_person_id', '=', personId)
      .where('state', '=', 'asked')
      .execute()
  },
}

type Row = Record<string, string | number | boolean | null>

export const held = (personId: number): Question<Held>[] => [
  question(
    sql<Row>`select 'P-' || p.number as "Paper", q.asked_at::date as "Day", q.passage as "About the passage", q.words as "Your question",
      q.answer as "The answer" from paper_question q join paper p on p.network_id = q.network_id and p.id = q.paper_id
      where q.asker_person_id = ${personId} order by q.id`,
    (rows): Held => ({ title: 'Questions that you asked about papers', rows }),
  ),
  question(
    sql<Row>`select at::date as "Day", words as "Your note" from reading_note where person_id = ${personId} order by id`,
    (rows): Held => ({ title: 'Your own notes', note: 'Nobody but you can read them.', rows }),
  ),
  question(
    sql<Row>`select 'P-' || p.number as "Paper", p.title as "Title", r.read_at::date as "Marked as read"
      from paper_reading r join paper p on p.network_id = r.network_id and p.id = r.paper_id
      where r.person_id = ${personId} order by r.read_at`,
    (rows): Held => ({ title: 'Papers that you marked as read', note: 'Nobody but you can see this.', rows }),
  ),
  question(
    sql<Row>`select asked_at::date as "Day", words as "The help you asked for", answer as "The answer" from paper_help
      where person_id = ${personId}
      union all select at::date, words, coalesce(answer, '') from deferral_wish where person_id = ${personId}`,
    (rows): Held => ({ title: 'Help with papers, and items you asked to put off', rows }),
  ),
  question(
    sql<Row>`select 'P-' || number as "Paper", title as "Title", made_at::date as "Day" from paper
      where author_person_id = ${personId} order by id`,
    (rows): Held => ({ title: 'Papers that you wrote', rows }),
  ),
]
