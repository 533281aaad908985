import { sql } from 'kysely'
import { question } from '#platform/database/questions.ts'
import type { House } from '#platform/house.ts'
import type { Held, Leaving, Slice, WhatLeavingMeans } from '#platform/http/route.ts'
import { confirmRoute } from './confirm.tsx'
import { mailInConnection } from './connection.ts'
import { findMail } from './find.ts'
import { readMailboxes } from './imap.ts'
import { byEmailKept, forgetPassedOn } from './kept.ts'
import { asWriter, becomesAView, takeKnown, tellNotRead } from './replies.ts'

const held = (personId: number) => [
  question(
    sql<{ at: string; words: string; sentence: string; state: string }>`
      select r.came_at as at, r.words, r.sentence, r.state from mail_reply r
      where r.person_id = ${personId} order by r.id`,
    (rows): Held => ({
      title: 'E-mails that you sent us',
      rows: rows.map(each => ({
        When: String(each.at),
        'Your words': each.words,
        'How we understood it': each.sentence,
        'What became of it': stateWords[each.state] ?? each.state,
      })),
    }),
  ),
]

const stateWords: Record<string, string> = {
  asked: 'We asked you whether it is right',
  counted: 'It counts',
  'not-them': 'You said that it is not right',
  older: 'A newer e-mail came',
  cannot: 'It could not count',
}

const leaving: Leaving = {
  says: personId =>
    question(
      sql<{ n: number }>`select count(*)::int as n from mail_reply where person_id = ${personId}`,
      ([row]): WhatLeavingMeans => (row?.n ? { goes: ['E-mails that you sent us, as they came'] } : {}),
    ),
  async leave(doing, personId) {
    const mails = await doing.tx
      .selectFrom('mail_reply')
      .select('mail_id')
      .where('person_id', '=', personId)
      .execute()
    await forgetPassedOn(
      doing,
      mails.map(each => each.mail_id),
    )
  },
}

/** What people say by e-mail: answers to our messages, and what is new; read back before it counts (REACH-2, REACH-3). */
export const byEmail = (rooms: () => readonly Slice[]): Slice => ({
  name: 'by-email',
  routes: [confirmRoute(rooms)],
  letters: {
    find: findMail,
    take: (doing, found, mail, mailId) => takeKnown(doing, rooms, found, mail, mailId),
    sayNotRead: tellNotRead,
    async asView(doing, mailId, personId) {
      const mail = await doing.tx
        .selectFrom('application_mail')
        .select('words')
        .where('id', '=', mailId)
        .where('state', '=', 'apart')
        .executeTakeFirst()
      const theirs = mail && (await asWriter(doing, personId))
      if (!theirs) return undefined
      await doing.tx
        .updateTable('application_mail')
        .set({ state: 'passed-on', due_on: null })
        .where('id', '=', mailId)
        .execute()
      return await becomesAView(theirs, mailId, personId, mail.words)
    },
  },
  runs: (house: House) => readMailboxes(house, rooms),
  connections: [mailInConnection],
  held,
  leaving,
  kept: [byEmailKept],
  settings: [byEmailKept.months],
})
