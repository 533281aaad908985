import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { momentInWords } from '#kernel/calendar/words.ts'
import { question } from '#platform/database/questions.ts'
import type { Held, Kept, Leaving } from '#platform/http/route.ts'
import { numberSetting } from '#platform/network-settings.ts'
import { stateWords, type Wish } from './wish.ts'

const when = (at: string) => momentInWords(Temporal.Instant.from(at))

export const held = (personId: number) => [
  question(
    sql<{
      words: string
      how: string
      asked_at: string
      state: Wish['state']
      answer: string
      asker_shares: boolean
    }>`
      select words, how, asked_at, state, answer, asker_shares from learning_wish
      where person_id = ${personId} order by id`,
    (rows): Held => ({
      title: 'What you wanted to know more about',
      rows: rows.map(row => ({
        'Your words': row.words,
        How: row.how,
        Asked: when(row.asked_at),
        'Where it is': stateWords[row.state],
        'The answer': row.answer,
        'May stand in the library': row.asker_shares,
      })),
    }),
  ),
  question(
    sql<{ word: string; where_seen: string; asked_at: string; state: string }>`
      select word, where_seen, asked_at, state from word_wish where person_id = ${personId} order by id`,
    (rows): Held => ({
      title: 'Words that you asked about',
      rows: rows.map(row => ({
        Word: row.word,
        'Where you saw it': row.where_seen,
        Asked: when(row.asked_at),
        Explained: row.state === 'explained',
      })),
    }),
  ),
]

export const leaving: Leaving = {
  says: personId =>
    question(
      sql<{ shared: number; own: number }>`select
        count(*) filter (where state = 'answered' and asker_shares and team_shares)::int as shared,
        count(*)::int as own from learning_wish where person_id = ${personId}`,
      ([row]) => ({
        ...(row && row.own > row.shared ? { goes: ['What you wanted to know more about'] } : {}),
        ...(row?.shared
          ? { stays: ['Questions and answers that you put into the library, as always without your name'] }
          : {}),
      }),
    ),
  async leave({ tx }, personId) {
    await tx
      .deleteFrom('learning_wish')
      .where('person_id', '=', personId)
      .where(eb =>
        eb.not(
          eb.and([eb('state', '=', 'answered'), eb('asker_shares', '=', true), eb('team_shares', '=', true)]),
        ),
      )
      .execute()
    await tx
      .updateTable('word_wish')
      .set({ person_id: null, where_seen: '' })
      .where('person_id', '=', personId)
      .execute()
  },
}

const months = numberSetting({
  name: 'keep-learning',
  title: 'Wishes to know more that are not in the library are kept for',
  usual: 24,
  least: 1,
  most: 240,
  unit: 'months',
})

const over = (
  before: unknown,
) => sql`(x.state in ('answered', 'withdrawn') and not (x.asker_shares and x.team_shares)
  and coalesce(x.answered_at, x.asked_at) < ${before})`

export const kept: readonly Kept[] = [
  {
    name: 'learning-wishes',
    title: 'Wishes to know more that are not in the library',
    source: 'As messages: two years after the answer',
    months,
    count: before =>
      question(
        sql<{ count: number }>`select count(*)::int as count from learning_wish x where ${over(before)}`,
        ([row]) => row?.count ?? 0,
      ),
    async end({ tx }, before) {
      const done = await sql`delete from learning_wish x where ${over(before)}`.execute(tx)
      return Number(done.numAffectedRows ?? 0)
    },
  },
]
