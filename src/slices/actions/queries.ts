import { type SqlBool, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Instant, PlainDate, Row, Tx } from '#platform/database/tables.ts'
import { type Actor, isMemberOf, isTeam } from '#platform/permission.ts'
import { readable } from './access.ts'
import type { LoadedAction, ViewBehind } from './store.ts'

export const pageSize = 25

export interface ListWish {
  readonly show: 'open' | 'late' | 'over'
  readonly groupId: number | undefined
  readonly ownerId: number | undefined
  /** Where the last page ended, or where the one before it began. */
  readonly after?: Place | undefined
  readonly before?: Place | undefined
}

export interface Place {
  readonly due: PlainDate
  readonly id: number
}

export interface ListedAction {
  readonly id: number
  readonly number: number
  readonly what: string
  readonly state: Row<'action'>['state']
  readonly due_on: PlainDate
  readonly owner_name: string
  readonly owner_person_id: number
  readonly group_name: string
  readonly view: (ViewBehind & { readonly isMine: boolean }) | null
}

export interface ActionList {
  readonly rows: readonly ListedAction[]
  readonly before: Place | undefined
  readonly after: Place | undefined
}

/** By date: what is late stands first; what is over stands with the newest first. */
export async function listActions(
  tx: Tx,
  actor: Actor,
  wish: ListWish,
  today: PlainDate,
  length: number = pageSize,
): Promise<ActionList> {
  const newestFirst = wish.show === 'over'
  const backwards = wish.before !== undefined
  const up = newestFirst === backwards
  const from = wish.before ?? wish.after
  const found = await tx
    .selectFrom('action')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'action.network_id').onRef('p.id', '=', 'action.owner_person_id'),
    )
    .innerJoin('network_group as g', join =>
      join.onRef('g.network_id', '=', 'action.network_id').onRef('g.id', '=', 'action.group_id'),
    )
    .select([
      'action.id',
      'action.number',
      'action.what',
      'action.state',
      'action.due_on',
      'action.owner_person_id',
      'p.name as owner_name',
      'g.short_name as group_name',
      sql<
        ListedAction['view']
      >`(select jsonb_build_object('id', c.id, 'number', c.number, 'groupId', c.group_id,
          'title', case when c.state = 'withdrawn' then 'A view that was withdrawn' else c.title end,
          'isMine', exists (select from contributor b where b.network_id = c.network_id
            and b.contribution_id = c.id and b.person_id = ${actor.personId} and b.withdrawn_at is null))
        from contribution c where c.network_id = action.network_id and c.id = action.contribution_id)`.as(
        'view',
      ),
    ])
    .where(eb => readable(eb, actor))
    .where(
      wish.show === 'over'
        ? sql<SqlBool>`action.state in ('done', 'dropped')`
        : sql<SqlBool>`action.state in ('open', 'asked-for-another-date')`,
    )
    .$if(wish.show === 'late', query => query.where('action.due_on', '<', today))
    .$if(wish.groupId !== undefined, query => query.where('action.group_id', '=', wish.groupId!))
    .$if(wish.ownerId !== undefined, query => query.where('action.owner_person_id', '=', wish.ownerId!))
    .$if(from !== undefined, query =>
      query.where(
        up
          ? sql<SqlBool>`(action.due_on, action.id) > (${from!.due}, ${from!.id})`
          : sql<SqlBool>`(action.due_on, action.id) < (${from!.due}, ${from!.id})`,
      ),
    )
    .orderBy('action.due_on', up ? 'asc' : 'desc')
    .orderBy('action.id', up ? 'asc' : 'desc')
    .limit(length + 1)
    .execute()
  const more = found.length > length
  const rows = backwards ? found.slice(0, length).reverse() : found.slice(0, length)
  const place = (row: ListedAction | undefined) => row && { due: row.due_on, id: row.id }
  return {
    rows,
    before: (backwards ? more : from !== undefined) ? place(rows[0]) : undefined,
    after: (backwards || more) && rows.length > 0 ? place(rows.at(-1)) : undefined,
  }
}

export interface Choices {
  readonly groups: readonly { id: number; name: string }[]
  readonly owners: readonly { id: number; name: string }[]
}

/** What the list can be narrowed to: all groups, and the owners of open actions that this person may see. */
export async function listChoices(tx: Tx, actor: Actor): Promise<Choices> {
  const owners = tx
    .selectFrom('person as p')
    .select(['p.id', 'p.name'])
    .where(eb =>
      eb.exists(
        tx
          .selectFrom('action')
          .select(sql`1`.as('one'))
          .whereRef('action.network_id', '=', eb.ref('p.network_id'))
          .whereRef('action.owner_person_id', '=', eb.ref('p.id'))
          .where('action.state', 'in', ['open', 'asked-for-another-date'])
          .where(inner => readable(inner, actor)),
      ),
    )
    .orderBy('p.name')
    .limit(300)
  const found = await sql<Choices>`
    select coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) order by g.name)
                     from network_group g), '[]') as groups,
           coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name)) from (${owners}) o), '[]')
             as owners`.execute(tx)
  return found.rows[0]!
}

/** True when the contribution's own page would open for this reader. */
export function mayFollow(
  actor: Actor,
  view: ViewBehind,
  more: { isMine: boolean; ownsAction: boolean },
): boolean {
  return more.isMine || more.ownsAction || isTeam(actor) || isMemberOf(actor, view.groupId)
}

export interface ActionStory {
  readonly history: readonly {
    readonly event: string
    readonly by: string
    readonly at: Instant
    readonly details: Readonly<Record<string, unknown>>
  }[]
  readonly files: readonly { readonly id: number; readonly name: string; readonly bytes: number }[]
}

export async function storyOf(tx: Tx, loaded: LoadedAction): Promise<ActionStory> {
  const found = await sql<{
    history: { event: string; by: string; at: string; details: Record<string, unknown> }[]
    files: ActionStory['files']
  }>`select
      coalesce((select jsonb_agg(jsonb_build_object('event', h.event, 'by', h.by_words, 'at', h.at, 'details', h.details)
                                 order by h.id)
                from history h where h.thing_kind = 'action' and h.thing_id = ${loaded.id}), '[]') as history,
      coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'bytes', f.bytes) order by f.id)
                from stored_file f where f.thing_kind = 'action' and f.thing_id = ${loaded.id}), '[]') as files`.execute(
    tx,
  )
  const { history, files } = found.rows[0]!
  return { history: history.map(each => ({ ...each, at: Temporal.Instant.from(each.at) })), files }
}
