import { sql } from 'kysely'
import { question } from '#platform/database/questions.ts'
import type { Held, Kept, Leaving } from '#platform/http/route.ts'
import { numberSetting } from '#platform/network-settings.ts'

export const held = (personId: number) => [
  question(
    sql<{ title: string; number: number; answer: string; on_day: string; words: string; how: string }>`
      select v.title, v.number, n.answer, n.on_day, n.words, n.how from agreement_answer n
      join agreement_version v on v.network_id = n.network_id and v.id = n.version_id
      where n.person_id = ${personId} order by n.id`,
    (rows): Held => ({
      title: 'Agreements',
      rows: rows.map(row => ({
        Agreement: row.title,
        Version: row.number,
        'What you said': row.answer === 'agreed' ? 'I agree' : 'I would like to talk first',
        'Your words': row.words,
        Day: row.on_day,
        How: row.how,
      })),
    }),
  ),
  question(
    sql<{ title: string; number: number; asked_on: string; due_on: string }>`
      select v.title, v.number, a.asked_on, a.due_on from agreement_ask a
      join agreement_version v on v.network_id = a.network_id and v.id = a.version_id
      where a.person_id = ${personId} order by v.id`,
    (rows): Held => ({
      title: 'Agreements that you were asked for',
      rows: rows.map(row => ({
        Agreement: row.title,
        Version: row.number,
        'Asked on': row.asked_on,
        'To agree by': row.due_on,
      })),
    }),
  ),
]

export const leaving: Leaving = {
  says: personId =>
    question(
      sql<{ agreed: number; asked: number }>`select
        (select count(*)::int from agreement_answer n where n.person_id = ${personId} and n.answer = 'agreed') as agreed,
        (select count(*)::int from agreement_ask a where a.person_id = ${personId}) as asked`,
      ([row]) => ({
        ...(row?.agreed
          ? {
              stays: [
                `That you agreed to ${row.agreed === 1 ? 'one agreement' : `${row.agreed} agreements`}, and when: confidentiality holds after you leave`,
              ],
            }
          : {}),
        ...(row?.asked ? { goes: ['Agreements that wait for you, and what you wrote about them'] } : {}),
      }),
    ),
  async leave({ tx }, personId) {
    await tx.deleteFrom('agreement_ask').where('person_id', '=', personId).execute()
    await tx
      .deleteFrom('agreement_answer')
      .where('person_id', '=', personId)
      .where('answer', '=', 'talk-first')
      .execute()
  },
}

const months = numberSetting({
  name: 'keep-agreements',
  title: 'Agreements of people who have left are kept for',
  usual: 72,
  least: 1,
  most: 240,
  unit: 'months',
})

export const kept: readonly Kept[] = [
  {
    name: 'agreements',
    title: 'Agreements of people who have left',
    source:
      'As long as somebody could say that what was confidential was passed on: six years (Limitation Act 1980)',
    months,
    count: before =>
      question(
        sql<{ count: number }>`select count(*)::int as count from agreement_answer n
          join person p on p.network_id = n.network_id and p.id = n.person_id where p.left_on < ${before}`,
        ([row]) => row?.count ?? 0,
      ),
    async end({ tx }, before) {
      const done = await sql`delete from agreement_answer n using person p
        where p.network_id = n.network_id and p.id = n.person_id and p.left_on < ${before}`.execute(tx)
      return Number(done.numAffectedRows ?? 0)
    },
  },
]
