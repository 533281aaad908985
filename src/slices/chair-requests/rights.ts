import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { Held, Leaving, WhatLeavingMeans } from '#platform/http/route.ts'
import { withdraw } from './chair-request.ts'
import { handOnRequests } from './clockwork.ts'
import { loadRequest, saveStep } from './store.ts'

/** What somebody asked is still answered if they wish; what they were to answer goes to whoever leads the group now. */
export const leaving: Leaving = {
  says: personId =>
    question(
      sql<{ asked: number; held: number; shared: number }>`select
        (select count(*)::int from chair_request where asker_person_id = ${personId} and state not in ('closed', 'withdrawn')) as asked,
        (select count(*)::int from chair_request where holder_person_id = ${personId} and state not in ('closed', 'withdrawn')) as held,
        (select count(*)::int from chair_request_answer a join chair_request r on r.network_id = a.network_id and r.id = a.request_id
          where r.asker_person_id = ${personId} and a.asker_consent_at is not null) as shared`,
      ([facts]): WhatLeavingMeans => ({
        stays: [
          ...(facts && facts.asked > 0
            ? [
                `${facts.asked} ${facts.asked === 1 ? 'question' : 'questions'} to a group: answered if that is wished, else taken back`,
              ]
            : []),
          ...(facts && facts.shared > 0
            ? ['Answers in the library that may be shared: they carry no name']
            : []),
        ],
        handedOver:
          facts && facts.held > 0
            ? [
                `${facts.held} ${facts.held === 1 ? 'request' : 'requests'} to answer: to the one who leads the group now`,
              ]
            : [],
      }),
    ),
  async leave(doing, personId, { answersWanted }) {
    if (!answersWanted) {
      const rows = await doing.tx
        .selectFrom('chair_request')
        .select('number')
        .where('asker_person_id', '=', personId)
        .where('state', 'not in', ['closed', 'withdrawn'])
        .orderBy('id')
        .execute()
      for (const { number } of rows) {
        const loaded = await loadRequest(doing, number, { forChange: true })
        const step = loaded && withdraw(loaded.it, { isAsker: true, leads: false, isTeam: false })
        if (loaded && step?.accepted) await saveStep(doing, loaded, step)
      }
    }
    await doing.tx
      .updateTable('chair_request')
      .set({ holder_person_id: null })
      .where('holder_person_id', '=', personId)
      .where('state', 'not in', ['closed', 'withdrawn'])
      .execute()
    await handOnRequests(doing)
  },
}

type Row = Record<string, string | number | boolean | null>

export const held = (personId: number): Question<Held>[] => [
  question(
    sql<Row>`select 'R-' || number as "Number", asked_at::date as "Day", kind as "Kind", what as "What you asked", why as "Why",
      state as "Where it is" from chair_request where asker_person_id = ${personId} order by id`,
    (rows): Held => ({ title: 'What you asked a group', rows }),
  ),
  question(
    sql<Row>`select 'R-' || r.number as "Number", a.at::date as "Day", a.words as "Your answer"
      from chair_request_answer a join chair_request r on r.network_id = a.network_id and r.id = a.request_id
      where a.by_person_id = ${personId} order by a.id`,
    (rows): Held => ({ title: 'What you answered for a group', rows }),
  ),
]
