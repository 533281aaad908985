import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import { asPerson } from '#platform/doing.ts'
import type { Held, Kept, Leaving, WhatLeavingMeans } from '#platform/http/route.ts'
import { numberSetting } from '#platform/network-settings.ts'

/** Own words only: what others wrote is theirs. */
export function messagesHeld(personId: number): Question<Held>[] {
  const own = sql<{ at: string; subject: string; words: string; how: string }>`
    select w.at, t.subject, w.words, w.how from message_written w
      join message_thread t on t.network_id = w.network_id and t.id = w.thread_id
    where w.by_person_id = ${personId} order by w.id`
  return [
    question(own, rows => ({
      title: 'Messages that you wrote',
      note: 'What others wrote to you is left out here: it is their words. You find it on the pages of your messages.',
      rows: rows.map(each => ({
        When: each.at,
        About: each.subject,
        'Your words': each.words,
        How: each.how,
      })),
    })),
  ]
}

export const messagesLeaving: Leaving = {
  says: personId =>
    question(
      sql<{ threads: number; buddies: number; owed: number }>`
        select count(*) filter (where kind <> 'buddy') as threads, count(*) filter (where kind = 'buddy') as buddies,
          count(*) filter (where kind = 'chair' and turn = 'us' and person_id <> ${personId}) as owed
        from message_thread where person_id = ${personId} or one_person_id = ${personId} or other_person_id = ${personId}`,
      ([row]): WhatLeavingMeans => ({
        goes: [
          ...(row && Number(row.threads) > 0
            ? ['Your messages with the team and with those who lead your groups']
            : []),
          ...(row && Number(row.buddies) > 0 ? ['Your messages with your buddy'] : []),
        ],
      }),
    ),
  async leave(doing, personId) {
    // Words between two go with either of them; the database lets only one of the two take them away.
    await asPerson(doing, personId, async () => {
      await doing.tx
        .deleteFrom('message_thread')
        .where(eb =>
          eb.or([
            eb('person_id', '=', personId),
            eb('one_person_id', '=', personId),
            eb('other_person_id', '=', personId),
          ]),
        )
        .execute()
    })
  },
}

const months = numberSetting({
  name: 'messages-months',
  title: 'How long messages are kept',
  hint: 'Counted from the last word.',
  usual: 24,
  least: 1,
  most: 120,
  unit: 'months',
})

/** Buddies’ words end with the pair; the clock cannot see them. */
export const messagesKept: Kept = {
  name: 'messages',
  title: 'Messages between volunteers and those who answer them',
  source: 'Records Management Code of Practice, messages: 2 years',
  months,
  count: before =>
    question(
      sql<{ count: number }>`select count(*) as count from message_thread
        where kind <> 'buddy' and turn = 'nobody' and last_at < ${midnight(before)}`,
      ([row]) => Number(row?.count ?? 0),
    ),
  async end(doing, before) {
    const gone = await doing.tx
      .deleteFrom('message_thread')
      .where('kind', '<>', 'buddy')
      .where('turn', '=', 'nobody')
      .where('last_at', '<', midnight(before))
      .executeTakeFirst()
    return Number(gone.numDeletedRows)
  },
}

const midnight = (day: PlainDate) => day.toZonedDateTime('Europe/London').toInstant()
