import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { Held, Kept, Leaving, WhatLeavingMeans } from '#platform/http/route.ts'
import { numberSetting } from '#platform/network-settings.ts'
import { forgetDeclined, withdraw } from './changes.ts'
import { forgetMail } from './forget.ts'
import { loadApplication } from './store.ts'

const openStates = ['received', 'spoken-with', 'keeping-in-touch'] as const

/** What somebody told us when they registered goes; that they were welcomed stays, without a word of theirs. */
export const leaving: Leaving = {
  says: personId =>
    question(
      sql<{ all: number; open: number }>`select count(*)::int as "all",
        count(*) filter (where state in ('received', 'spoken-with', 'keeping-in-touch'))::int as open
        from application where person_id = ${personId}`,
      ([facts]): WhatLeavingMeans => ({
        goes: [
          ...(facts && facts.all > 0 ? ['What was said when registering, and notes of conversations'] : []),
          ...(facts && facts.open > 0 ? ['The registration that is still open: it is taken back'] : []),
        ],
      }),
    ),
  async leave(doing, personId) {
    const { tx } = doing
    const rows = await tx
      .selectFrom('application')
      .select('id')
      .where('person_id', '=', personId)
      .where('state', 'in', openStates)
      .orderBy('id')
      .execute()
    for (const { id } of rows) {
      const loaded = await loadApplication(tx, { id }, { forChange: true })
      if (loaded) await withdraw(doing, loaded)
    }
    await tx
      .updateTable('application')
      .set({ words: '', shared_email: null, occasion: '' })
      .where('person_id', '=', personId)
      .execute()
    const mails = await tx
      .selectFrom('application_mail as m')
      .innerJoin('application as a', join =>
        join.onRef('a.network_id', '=', 'm.network_id').onRef('a.id', '=', 'm.application_id'),
      )
      .select('m.id')
      .where('a.person_id', '=', personId)
      .execute()
    for (const { id } of mails) await forgetMail(doing, id)
    for (const table of ['application_conversation', 'application_link'] as const) {
      await tx
        .deleteFrom(table)
        .where(
          'application_id',
          'in',
          tx.selectFrom('application').select('id').where('person_id', '=', personId),
        )
        .execute()
    }
  },
}

type Row = Record<string, string | number | boolean | null>

export const held = (personId: number): Question<Held>[] => [
  question(
    sql<Row>`select number as "Number", received_at::date as "Day", how as "How", nullif(occasion, '') as "Event",
        (select o.title from offered_role o where o.id = application.role_id) as "Role", words as "Your words", state as "Where it is"
      from application where person_id = ${personId} order by id`,
    (rows): Held => ({ title: 'Your registration', rows }),
  ),
  question(
    sql<Row>`select a.number as "Number", c.spoken_on as "Day", c.said as "What was written down"
      from application_conversation c join application a on a.network_id = c.network_id and a.id = c.application_id
      where a.person_id = ${personId} order by c.id`,
    (rows): Held => ({ title: 'Conversations about your registration', rows }),
  ),
  question(
    sql<Row>`select c.starts_at as "When", c.manner as "How", nullif(c.place, '') as "Where"
      from conversation_time c join application a on a.network_id = c.network_id and a.id = c.application_id
      where a.person_id = ${personId} order by c.id`,
    (rows): Held => ({ title: 'Times to talk that you have booked', rows }),
  ),
]

/** Registrations that we said no to: what was said about them goes; that there was one, by its number, stays. */
export const declinedKept: Kept = {
  name: 'declined-applications',
  title: 'Registrations that we said no to',
  source: 'Records Management Code of Practice: unsuccessful applications',
  months: numberSetting({
    name: 'keep-declined-applications',
    title: 'Keep registrations that we said no to',
    usual: 6,
    least: 1,
    most: 120,
    unit: 'months',
  }),
  count: before =>
    question(
      sql<{ n: number }>`select count(*)::int as n from application where state = 'declined'
        and state_since < ${before}::date and state_data ->> 'reason' <> ''`,
      ([row]) => row?.n ?? 0,
    ),
  list: before =>
    question(
      sql<{ line: string }>`select 'Application ' || number as line from application where state = 'declined'
        and state_since < ${before}::date and state_data ->> 'reason' <> '' order by number limit 50`,
      rows => rows.map(each => each.line),
    ),
  end: forgetDeclined,
}
