import { type RawBuilder, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { type Question, question } from '#platform/database/questions.ts'
import type { Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { Quorum } from './quorum.ts'
import { type QuorumRow, quorumColumns, quorumFrom } from './quorum-now.ts'
import { inTurn, type Wish } from './speaking.ts'
import type { LoadedMeeting } from './store.ts'

/** What the room shows besides the agenda: one statement, so that it holds for 60 people at once. */
export interface RoomFacts {
  readonly quorum: Quorum
  readonly present: readonly number[]
  readonly wishes: readonly Wish[]
  /** The reader's own, for nobody else's eyes. */
  readonly note: string
  readonly version: string
}

export function roomFacts(
  doing: Pick<Doing, 'tx' | 'actor'>,
  meeting: LoadedMeeting,
  itemId: number | undefined,
): Question<RoomFacts> {
  const item = itemId ?? -1
  const me = doing.actor?.personId ?? -1
  const asked = sql<
    QuorumRow & {
      wishes: (Omit<Wish, 'askedAt'> & { askedAt: string })[]
      note: string | null
      version: string
    }
  >`select ${quorumColumns(doing.tx, meeting, itemId)},
    coalesce((select jsonb_agg(jsonb_build_object('id', w.id, 'personId', w.person_id, 'name', p.name,
        'askedAt', w.asked_at, 'spoke', (select count(*) from wish_to_speak o
          join agenda_item oi on oi.network_id = o.network_id and oi.id = o.item_id
          where o.network_id = w.network_id and o.person_id = w.person_id and oi.meeting_id = ${meeting.id}
            and o.spoke_at is not null)))
      from wish_to_speak w join person p on p.network_id = w.network_id and p.id = w.person_id
      where w.item_id = ${item} and w.spoke_at is null and w.withdrawn_at is null), '[]') as wishes,
    (select n.words from reading_note n where n.item_id = ${item} and n.person_id = ${me} order by n.id limit 1) as note,
    (${roomVersion(meeting.id)}) as version`
  return question(asked, ([row]) => {
    const { wishes, note, version, ...quorum } = row!
    return {
      quorum: quorumFrom(meeting, quorum),
      present: quorum.present,
      wishes: inTurn(wishes.map(each => ({ ...each, askedAt: Temporal.Instant.from(each.askedAt) }))),
      note: note ?? '',
      version,
    }
  })
}

/** Another text whenever something in the room has changed: says that, and nothing of what. */
const roomVersion = (meetingId: number): RawBuilder<string> => sql<string>`
  select concat_ws('.', m.version, m.state, m.ended_at is not null,
    (select sum(i.version) from agenda_item i where i.network_id = m.network_id and i.meeting_id = m.id),
    (select count(*) || ':' || count(p.left_at) from presence p where p.network_id = m.network_id and p.meeting_id = m.id),
    (select count(*) || ':' || count(w.spoke_at) || ':' || count(w.withdrawn_at) from wish_to_speak w
      join agenda_item i on i.network_id = w.network_id and i.id = w.item_id
      where w.network_id = m.network_id and i.meeting_id = m.id),
    (select sum(x.version) || ':' || count(*) from conflict x
      join agenda_item i on i.network_id = x.network_id and i.id = x.item_id
      where x.network_id = m.network_id and i.meeting_id = m.id),
    (select sum(v.version) || ':' || count(*) from motion v where v.network_id = m.network_id and v.meeting_id = m.id),
    (select count(*) from voter v join motion o on o.network_id = v.network_id and o.id = v.motion_id
      where v.network_id = m.network_id and o.meeting_id = m.id and v.has_voted))
  from meeting m where m.id = ${meetingId}`

export async function versionOfRoom(tx: Tx, meetingId: number): Promise<string> {
  const found = await sql<{ version: string }>`select (${roomVersion(meetingId)}) as version`.execute(tx)
  return found.rows[0]?.version ?? ''
}
