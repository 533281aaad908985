import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { Held, Leaving, WhatLeavingMeans } from '#platform/http/route.ts'
import { groupWords, labelOf, type Need } from './need.ts'
import { needRows } from './queries.ts'

/** All that this room knows about one person: words about needs, what was done, what could not be done. */
export const heldNeeds = (personId: number): readonly Question<Held>[] => [
  question(
    sql<Need>`select * from ${needRows(sql`${personId}::integer`)} n`,
    (rows): Held => ({
      title: 'What you need to take part',
      note: 'Who looked at it stands on the page about your needs.',
      rows: rows.map(each => ({ About: groupWords[each.group].title, Need: labelOf(each) })),
    }),
  ),
  question(
    sql<{ made_on: string; due_on: string; state: string; words: string }>`
      select made_on, due_on, state, words from need_promise where person_id = ${personId} order by id`,
    (rows): Held => ({
      title: 'What we did about your needs',
      rows: rows.map(each => ({
        Told: each.made_on,
        'Promised by': each.due_on,
        'What came of it': each.state,
        Words: each.words,
      })),
    }),
  ),
  question(
    sql<{ thing: string; reason: string; at: string }>`
      select thing, reason, at from need_not_met where person_id = ${personId} order by id`,
    (rows): Held => ({
      title: 'When something came in another form than you need',
      rows: rows.map(each => ({ What: each.thing, When: each.at, Why: each.reason })),
    }),
  ),
  question(
    sql<{ met: string; words: string; answered_on: string }>`
      select met, words, answered_on from need_answer where person_id = ${personId} order by answered_on`,
    (rows): Held => ({
      title: 'Whether what you need was there at meetings',
      rows: rows.map(each => ({ When: each.answered_on, 'Was it there': each.met, Words: each.words })),
    }),
  ),
]

/** Nothing of it stays: there is nobody left to see to it for (R9). */
export const needsLeaving: Leaving = {
  says: personId =>
    question(
      sql<{ n: number }>`select count(*)::integer as n from ${needRows(sql`${personId}::integer`)} n`,
      ([row]): WhatLeavingMeans =>
        (row?.n ?? 0) > 0 ? { goes: ['What you need to take part, and what we did about it'] } : {},
    ),
  async leave({ tx }, personId) {
    for (const table of [
      'support_need',
      'need_promise',
      'need_not_met',
      'need_answer',
      'needs_sheet',
    ] as const) {
      await tx.deleteFrom(table).where('person_id', '=', personId).execute()
    }
    await tx
      .updateTable('person')
      .set({ large_print: false, help_words: '' })
      .where('id', '=', personId)
      .execute()
  },
}
