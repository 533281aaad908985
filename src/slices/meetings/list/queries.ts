import { type SqlBool, sql } from 'kysely'
import type { Instant, Row, Tx } from '#platform/database/tables.ts'
import type { Actor } from '#platform/permission.ts'
import { readableMeetings } from '../access.ts'

const pageSize = 20

export interface Place {
  readonly startsAt: Instant
  readonly id: number
}

export interface ListWish {
  readonly show: 'coming' | 'past'
  readonly groupId: number | undefined
  readonly after?: Place | undefined
  readonly before?: Place | undefined
}

export type ListedMeeting = Pick<
  Row<'meeting'>,
  'id' | 'number' | 'title' | 'state' | 'starts_at' | 'minutes_long' | 'kind' | 'place' | 'venue'
> & { readonly group_name: string }

export interface MeetingList {
  readonly rows: readonly ListedMeeting[]
  readonly before: Place | undefined
  readonly after: Place | undefined
}

/** A meeting is past when its time is over. */
const isComing = (now: Instant) =>
  sql<SqlBool>`meeting.starts_at + make_interval(mins => meeting.minutes_long) > ${now}`

/** Coming ones with the next first, past ones with the newest first: only those that this person may see. */
export async function listMeetings(tx: Tx, actor: Actor, wish: ListWish, now: Instant): Promise<MeetingList> {
  const backwards = wish.before !== undefined
  const up = (wish.show === 'past') === backwards
  const from = wish.before ?? wish.after
  const found = await tx
    .selectFrom('meeting')
    .innerJoin('network_group as g', join =>
      join.onRef('g.network_id', '=', 'meeting.network_id').onRef('g.id', '=', 'meeting.group_id'),
    )
    .select([
      'meeting.id',
      'meeting.number',
      'meeting.title',
      'meeting.state',
      'meeting.starts_at',
      'meeting.minutes_long',
      'meeting.kind',
      'meeting.place',
      'meeting.venue',
      'g.short_name as group_name',
    ])
    .where(eb => readableMeetings(eb, actor))
    .where(wish.show === 'coming' ? isComing(now) : sql<SqlBool>`not ${isComing(now)}`)
    .$if(wish.groupId !== undefined, query => query.where('meeting.group_id', '=', wish.groupId!))
    .$if(from !== undefined, query =>
      query.where(
        up
          ? sql<SqlBool>`(meeting.starts_at, meeting.id) > (${from!.startsAt}, ${from!.id})`
          : sql<SqlBool>`(meeting.starts_at, meeting.id) < (${from!.startsAt}, ${from!.id})`,
      ),
    )
    .orderBy('meeting.starts_at', up ? 'asc' : 'desc')
    .orderBy('meeting.id', up ? 'asc' : 'desc')
    .limit(pageSize + 1)
    .execute()
  const more = found.length > pageSize
  const rows = backwards ? found.slice(0, pageSize).reverse() : found.slice(0, pageSize)
  const place = (row: ListedMeeting | undefined) => row && { startsAt: row.starts_at, id: row.id }
  return {
    rows,
    before: (backwards ? more : from !== undefined) ? place(rows[0]) : undefined,
    after: (backwards || more) && rows.length > 0 ? place(rows.at(-1)) : undefined,
  }
}

/** The groups whose meetings this person may see. */
export async function groupsInList(tx: Tx, actor: Actor): Promise<readonly { id: number; name: string }[]> {
  return await tx
    .selectFrom('network_group as g')
    .select(['g.id', 'g.short_name as name'])
    .where(eb =>
      eb.exists(
        tx
          .selectFrom('meeting')
          .select(sql`1`.as('one'))
          .whereRef('meeting.network_id', '=', eb.ref('g.network_id'))
          .whereRef('meeting.group_id', '=', eb.ref('g.id'))
          .where(inner => readableMeetings(inner, actor)),
      ),
    )
    .orderBy('g.short_name')
    .execute()
}
