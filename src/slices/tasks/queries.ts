import { type SqlBool, sql } from 'kysely'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import { type Actor, isTeam, isVolunteer } from '#platform/permission.ts'
import type { OfferState } from './tables.ts'

/** A volunteer who can be asked, with how much was asked of them in the last 12 months: the load is shared (PEOPLE-10). */
export interface Helper {
  readonly id: number
  readonly name: string
  readonly isResting: boolean
  /** How often they were asked, and how often they said yes. */
  readonly asked: number
  readonly accepted: number
  readonly minutes: number
  readonly lastAskedOn: PlainDate | null
}

/**
 * Everybody who can be asked, those of whom least was asked first. A no is not counted anywhere.
 * @param after the name and id where the last page ended
 */
export async function possibleHelpers(
  tx: Tx,
  today: PlainDate,
  page: { after?: { minutes: number; id: number } | undefined; limit?: number } = {},
): Promise<Helper[]> {
  const since = today.subtract({ months: 12 })
  const found = await sql<Helper>`
    select * from (
      select p.id, p.name,
        (p.paused_from is not null and p.paused_from <= ${today}
          and (p.paused_until is null or p.paused_until >= ${today})) as "isResting",
        count(o.id) filter (where o.asked_at is not null)::integer as asked,
        count(o.id) filter (where o.state in ('accepted', 'done', 'thanked'))::integer as accepted,
        coalesce(sum(t.minutes) filter (where o.state in ('accepted', 'done', 'thanked')), 0)::integer as minutes,
        max((o.asked_at at time zone 'Europe/London')::date) as "lastAskedOn"
      from person p
        left join task_offer o on o.network_id = p.network_id and o.person_id = p.id
          and coalesce(o.asked_at, o.answered_at) >= ${since.toString()}::date
        left join task t on t.network_id = o.network_id and t.id = o.task_id
      where p.left_on is null and exists (select from membership m where m.network_id = p.network_id
        and m.person_id = p.id and m.role = 'volunteer' and m.from_on <= ${today}
        and (m.to_on is null or m.to_on >= ${today}))
      group by p.network_id, p.id) h
    where (h.minutes, h.id) > (${page.after?.minutes ?? -1}, ${page.after?.id ?? 0})
    order by h.minutes, h.id limit ${page.limit ?? 1000}`.execute(tx)
  return found.rows
}

export const shows = ['open', 'mine', 'thanks', 'over', 'all'] as const
export type Show = (typeof shows)[number]

export interface ListedTask {
  readonly id: number
  readonly number: number
  readonly title: string
  readonly minutes: number
  readonly places: number
  readonly taken: number
  readonly needed_by: PlainDate | null
  readonly over: boolean
  /** My own part. */
  readonly mine: OfferState | null
  readonly open_to: string
  readonly waiting: number
}

export const pageSize = 25

/** The tasks that this person may see: all for the team; what is open and what was asked of them for a volunteer. */
export async function listTasks(
  tx: Tx,
  me: Actor,
  wish: { show: Show; personId?: number | undefined; before?: number | undefined; limit?: number },
): Promise<{ rows: ListedTask[]; next?: number }> {
  const limit = wish.limit ?? pageSize
  const rows = await tx
    .selectFrom('task as t')
    .leftJoin('task_offer as m', join =>
      join
        .onRef('m.network_id', '=', 't.network_id')
        .onRef('m.task_id', '=', 't.id')
        .on('m.person_id', '=', me.personId),
    )
    .select([
      't.id',
      't.number',
      't.title',
      't.minutes',
      't.places',
      't.needed_by',
      't.open_to',
      sql<boolean>`t.ended_at is not null`.as('over'),
      'm.state as mine',
      countOf(sql`o.state in ('accepted', 'done', 'thanked')`).as('taken'),
      countOf(sql`o.state = 'asked'`).as('waiting'),
    ])
    .where(
      isTeam(me)
        ? sql<SqlBool>`true`
        : sql<SqlBool>`(m.id is not null or (t.open_to = 'everyone' and ${isVolunteer(me)}))`,
    )
    .where(condition(wish.show))
    .$if(wish.personId !== undefined && isTeam(me), query =>
      query.where(
        sql<SqlBool>`exists (select from task_offer o where o.network_id = t.network_id and o.task_id = t.id
          and o.person_id = ${wish.personId})`,
      ),
    )
    .$if(wish.before !== undefined, query => query.where('t.id', '<', wish.before!))
    .orderBy('t.id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  return rows.length > limit ? { rows: shown, next: shown.at(-1)!.id } : { rows: shown }
}

const countOf = (which: ReturnType<typeof sql>) =>
  sql<number>`(select count(*)::integer from task_offer o where o.network_id = t.network_id and o.task_id = t.id
    and ${which})`

function condition(show: Show) {
  if (show === 'all') return sql<SqlBool>`true`
  if (show === 'over') return sql<SqlBool>`t.ended_at is not null`
  if (show === 'mine') return sql<SqlBool>`m.id is not null and m.state <> 'declined'`
  if (show === 'thanks')
    return sql<SqlBool>`exists (select from task_offer o where o.network_id = t.network_id and o.task_id = t.id
      and o.state = 'done')`
  return sql<SqlBool>`t.ended_at is null`
}
