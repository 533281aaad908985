import { type SqlBool, sql } from 'kysely'
import type { Instant, PlainDate, Tx } from '#platform/database/tables.ts'
import { type Actor, groupsOf, isTeam } from '#platform/permission.ts'
import { ledGroups, readable } from './access.ts'
import type { ThreadKind, Turn } from './tables.ts'

export const pageSize = 25

export type Show = 'all' | 'to-answer' | 'late' | 'mine'

export interface ListWish {
  readonly show: Show
  readonly before?: Place | undefined
  readonly after?: Place | undefined
}

export interface Place {
  readonly at: string
  readonly id: number
}

export interface ListedThread {
  readonly id: number
  readonly kind: ThreadKind
  readonly subject: string
  readonly turn: Turn
  readonly due_on: PlainDate | null
  readonly last_at: Instant
  readonly person_id: number
  readonly person_name: string
  readonly group_id: number | null
  readonly group_name: string | null
  readonly other_name: string | null
}

/** What this person may read, the newest word first; paged by key. */
export async function listThreads(
  tx: Tx,
  actor: Actor,
  wish: ListWish,
  today: PlainDate,
): Promise<{ rows: readonly ListedThread[]; before: Place | undefined; after: Place | undefined }> {
  const backwards = wish.before !== undefined
  const from = wish.before ?? wish.after
  const found = await tx
    .selectFrom('message_thread')
    .innerJoin('person as p', join =>
      join
        .onRef('p.network_id', '=', 'message_thread.network_id')
        .onRef('p.id', '=', 'message_thread.person_id'),
    )
    .leftJoin('network_group as g', join =>
      join
        .onRef('g.network_id', '=', 'message_thread.network_id')
        .onRef('g.id', '=', 'message_thread.group_id'),
    )
    .leftJoin('person as b', join =>
      join.onRef('b.network_id', '=', 'message_thread.network_id').on(
        sql<boolean>`b.id = case when message_thread.one_person_id = ${actor.personId}
            then message_thread.other_person_id else message_thread.one_person_id end`,
      ),
    )
    .select([
      'message_thread.id',
      'message_thread.kind',
      'message_thread.subject',
      'message_thread.turn',
      'message_thread.due_on',
      'message_thread.last_at',
      'message_thread.person_id',
      'message_thread.group_id',
      'p.name as person_name',
      'g.name as group_name',
      'b.name as other_name',
    ])
    .where(eb => readable(eb, actor))
    .$if(wish.show === 'mine', query => query.where('message_thread.person_id', '=', actor.personId))
    .$if(wish.show === 'to-answer', query => query.where(myTurn(actor)))
    .$if(wish.show === 'late', query =>
      query.where('message_thread.turn', '=', 'us').where('message_thread.due_on', '<', today),
    )
    .$if(from !== undefined, query =>
      query.where(
        backwards
          ? sql<SqlBool>`(message_thread.last_at, message_thread.id) > (${from!.at}::timestamptz, ${from!.id}::integer)`
          : sql<SqlBool>`(message_thread.last_at, message_thread.id) < (${from!.at}::timestamptz, ${from!.id}::integer)`,
      ),
    )
    .orderBy('message_thread.last_at', backwards ? 'asc' : 'desc')
    .orderBy('message_thread.id', backwards ? 'asc' : 'desc')
    .limit(pageSize + 1)
    .execute()
  const more = found.length > pageSize
  const rows = backwards ? found.slice(0, pageSize).reverse() : found.slice(0, pageSize)
  const place = (row: ListedThread | undefined) => row && { at: row.last_at.toString(), id: row.id }
  return {
    rows,
    before: (backwards ? more : from !== undefined) ? place(rows[0]) : undefined,
    after: (backwards || more) && rows.length > 0 ? place(rows.at(-1)) : undefined,
  }
}

/** Whose answer is waited for: mine, as the person or as one who answers for the network. */
export const myTurn = (actor: Actor) => sql<SqlBool>`(
  (message_thread.kind <> 'buddy' and message_thread.turn = 'person' and message_thread.person_id = ${actor.personId})
  or (message_thread.kind = 'buddy' and message_thread.turn <> 'nobody'
    and (message_thread.turn = 'person') = (message_thread.person_id = ${actor.personId}))
  or (message_thread.turn = 'us' and message_thread.person_id <> ${actor.personId} and (
    (message_thread.kind = 'team' and ${isTeam(actor)})
    or (message_thread.kind = 'chair' and message_thread.group_id = any(${ledGroups(actor)}::integer[])))))`

export interface Reachable {
  readonly id: number
  readonly name: string
}

/** Groups that somebody of this network can write to: theirs, which have a chair or a deputy today; for the team all. */
export async function groupsToWriteTo(
  tx: Tx,
  actor: Actor,
  today: PlainDate,
  all: boolean,
): Promise<Reachable[]> {
  return await tx
    .selectFrom('network_group as g')
    .select(['g.id', 'g.name'])
    .$if(!all, query => query.where(sql<SqlBool>`g.id = any(${groupsOf(actor)}::integer[])`))
    .where(
      sql<SqlBool>`exists (select from membership m where m.network_id = g.network_id and m.group_id = g.id
        and m.role in ('chair', 'deputy') and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today}))`,
    )
    .orderBy('g.name')
    .limit(200)
    .execute()
}

/** Somebody whom we may write to; for a chair, somebody of a group that they lead. */
export async function writableTo(
  tx: Tx,
  actor: Actor,
  personId: string | undefined,
  today: PlainDate,
): Promise<(Reachable & { readonly groups: readonly Reachable[] }) | undefined> {
  if (!/^\d{1,9}$/.test(personId ?? '') || Number(personId) === actor.personId) return undefined
  const led = ledGroups(actor)
  const found = await tx
    .selectFrom('person as p')
    .select([
      'p.id',
      'p.name',
      sql<Reachable[]>`coalesce((select jsonb_agg(distinct jsonb_build_object('id', g.id, 'name', g.name))
        from membership m join network_group g on g.network_id = m.network_id and g.id = m.group_id
        where m.network_id = p.network_id and m.person_id = p.id and m.group_id = any(${led}::integer[])
          and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today})), '[]')`.as('groups'),
      sql<boolean>`exists (select from membership m where m.network_id = p.network_id and m.person_id = p.id
        and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today}))`.as('has_place'),
    ])
    .where('p.id', '=', Number(personId))
    .where('p.left_on', 'is', null)
    .executeTakeFirst()
  if (!found) return undefined
  return (isTeam(actor) && found.has_place) || found.groups.length > 0 ? found : undefined
}
