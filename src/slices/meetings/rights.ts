import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { Held, Leaving, WhatLeavingMeans } from '#platform/http/route.ts'

/** Who was in a meeting stays as it was; of meetings to come they are no part any more. */
export const leaving: Leaving = {
  says: personId =>
    question(
      sql<{ been: number; items: number; presents: number; feeds: number }>`select
        (select count(*)::int from attendance where person_id = ${personId} and state = 'present') as been,
        (select count(*)::int from agenda_item i join meeting m on m.network_id = i.network_id and m.id = i.meeting_id
          where i.raised_by_person_id = ${personId} and m.starts_at > now() and i.state in ('raised', 'on-agenda')) as items,
        (select count(*)::int from agenda_item i join meeting m on m.network_id = i.network_id and m.id = i.meeting_id
          where i.presenter_person_id = ${personId} and m.starts_at > now() and i.state in ('raised', 'on-agenda')) as presents,
        (select count(*)::int from calendar_feed where person_id = ${personId} and ended_at is null) as feeds`,
      ([facts]): WhatLeavingMeans => ({
        goes: [
          ...(facts && facts.feeds > 0 ? ['The calendar of meetings: its address stops working'] : []),
          'Invitations to meetings that are still to come',
        ],
        stays: [
          ...(facts && facts.been > 0
            ? ['Minutes and who was there: kept for 20 years for a board, and 6 years for other groups']
            : []),
          ...(facts && facts.items > 0
            ? [
                `${facts.items} agenda ${facts.items === 1 ? 'item' : 'items'} for a meeting to come: the chair decides about ${facts.items === 1 ? 'it' : 'them'}`,
              ]
            : []),
        ],
        handedOver:
          facts && facts.presents > 0
            ? [
                `${facts.presents} agenda ${facts.presents === 1 ? 'item' : 'items'} to present: the chair finds somebody else`,
              ]
            : [],
      }),
    ),
  async leave({ tx, now }, personId) {
    await tx
      .updateTable('calendar_feed')
      .set({ ended_at: now })
      .where('person_id', '=', personId)
      .where('ended_at', 'is', null)
      .execute()
    const toCome = tx.selectFrom('meeting').select('id').where('starts_at', '>', now)
    await tx
      .deleteFrom('attendance')
      .where('person_id', '=', personId)
      .where('meeting_id', 'in', toCome)
      .execute()
    await tx.deleteFrom('meeting_answer').where('person_id', '=', personId).execute()
    await tx.deleteFrom('calendar_reply').where('person_id', '=', personId).execute()
    await tx.deleteFrom('calendar_invitation').where('person_id', '=', personId).execute()
    await tx
      .updateTable('agenda_item')
      .set({ presenter_person_id: null })
      .where('presenter_person_id', '=', personId)
      .where('meeting_id', 'in', toCome)
      .execute()
    await tx
      .updateTable('meeting')
      .set({ presiding_person_id: null })
      .where('presiding_person_id', '=', personId)
      .where('starts_at', '>', now)
      .execute()
    await tx
      .updateTable('wish_to_speak')
      .set({ withdrawn_at: now })
      .where('person_id', '=', personId)
      .where('spoke_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .execute()
    // Who joined when is not needed any more; that they were there stays.
    await tx.deleteFrom('presence').where('person_id', '=', personId).execute()
  },
}

type Row = Record<string, string | number | boolean | null>

export const held = (personId: number): Question<Held>[] => [
  question(
    sql<Row>`select 'M-' || m.number as "Meeting", m.title as "Title", m.starts_at::date as "Day", a.state as "You were",
      a.how as "How", a.because as "Why", a.deputy_words as "Instead of you" from attendance a
      join meeting m on m.network_id = a.network_id and m.id = a.meeting_id
      where a.person_id = ${personId} order by m.starts_at, m.id`,
    (rows): Held => ({ title: 'Meetings, and whether you were there', rows }),
  ),
  question(
    sql<Row>`select 'M-' || m.number as "Meeting", r.answer as "Answer", r.words as "What you wrote",
      r.deputy_words as "Instead of you", r.from_address as "From", r.came_at::date as "Day", r.state as "What became of it"
      from calendar_reply r join meeting m on m.network_id = r.network_id and m.id = r.meeting_id
      where r.person_id = ${personId} order by r.id`,
    (rows): Held => ({ title: 'What your calendar answered to invitations', rows }),
  ),
  question(
    sql<Row>`select 'M-' || m.number as "Meeting", c.email as "Invitation sent to", a.answer as "You said", a.at::date as "Day"
      from meeting m
      left join calendar_invitation c on c.network_id = m.network_id and c.meeting_id = m.id and c.person_id = ${personId}
      left join meeting_answer a on a.network_id = m.network_id and a.meeting_id = m.id and a.person_id = ${personId}
      where c.person_id is not null or a.person_id is not null order by m.starts_at, m.id`,
    (rows): Held => ({ title: 'Invitations to meetings, and whether you come', rows }),
  ),
  question(
    sql<Row>`select 'M-' || m.number as "Meeting", i.title as "Item", i.about as "About", i.state as "Where it is",
      i.raised_at::date as "Day" from agenda_item i
      join meeting m on m.network_id = i.network_id and m.id = i.meeting_id
      where i.raised_by_person_id = ${personId} order by i.id`,
    (rows): Held => ({ title: 'Agenda items that you raised', rows }),
  ),
]
