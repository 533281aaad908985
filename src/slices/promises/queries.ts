import { sql } from 'kysely'
import type { PlainDate, Tx } from '#platform/database/tables.ts'

/** Where a view has come to; each view is in exactly one. */
export const stages = [
  'waits',
  'considered',
  'acted',
  'closed',
  'not-closed',
  'unanswered',
  'withdrawn',
] as const
export type Stage = (typeof stages)[number]

export interface ViewCount {
  readonly groupId: number | null
  /** First day of the quarter in which it was received. */
  readonly quarter: PlainDate
  readonly stage: Stage
  readonly count: number
}

/** Every view of the network, counted; nothing of its words. */
export async function countViews(tx: Tx): Promise<ViewCount[]> {
  const found = await sql<ViewCount>`
    select c.group_id as "groupId",
      date_trunc('quarter', c.received_at at time zone 'Europe/London')::date as quarter,
      case
        when c.state in ('closed', 'withdrawn') then c.state
        when c.state = 'ended-unanswered' then 'unanswered'
        when c.state = 'fed-back' then 'acted'
        when c.times_not_closed > 0 then 'not-closed'
        when c.state in ('agreed', 'partly-agreed', 'not-agreed', 'passed-on') then 'considered'
        when c.state = 'changed' then 'acted'
        else 'waits'
      end as stage,
      count(*) as count
    from contribution c
    where c.network_id = nullif(current_setting('app.network', true), '')::integer
    group by 1, 2, 3`.execute(tx)
  return found.rows
}

/** How a promise went; each is in exactly one. */
export const fates = ['in-time', 'late', 'open-late'] as const
export type Fate = (typeof fates)[number]

export interface PromiseCount {
  readonly of: 'views' | 'requests' | 'papers'
  readonly groupId: number | null
  /** First day of the quarter in which it was due. */
  readonly quarter: PlainDate
  readonly fate: Fate
  readonly count: number
}

/** Promises that were kept, and those past their day that are still open; what is not due yet is neither. */
export async function countPromises(tx: Tx, today: PlainDate): Promise<PromiseCount[]> {
  const found = await sql<PromiseCount>`
    with promise as (
      select case when kind like 'request-%' then 'requests' when kind = 'papers' then 'papers' else 'views' end as of, group_id, due_on,
        case when kept_on <= due_on then 'in-time' else 'late' end as fate
      from promise_kept
      union all
      select 'views', group_id, due_on, 'open-late' from contribution
      where due_on < ${today} and (state in ('received', 'to-be-considered', 'not-agreed', 'changed', 'reopened')
        or (state = 'passed-on' and state_data -> 'answer' ->> 'due' is not null))
      union all
      select 'requests', case when waits_for = 'group' then group_id end, due_on, 'open-late' from chair_request
      where due_on < ${today} and waits_for in ('group', 'portfolio-manager')
      union all
      select 'papers', m.group_id, m.papers_due_on, 'open-late' from paper p
      join meeting m on m.network_id = p.network_id and m.id = p.meeting_id
      join agenda_item i on i.network_id = p.network_id and i.id = p.item_id and i.state in ('raised', 'on-agenda')
      where p.state = 'draft' and m.papers_due_on < ${today}
        and m.state in ('planned', 'agenda-open', 'agenda-set', 'papers-out')
    )
    select of, group_id as "groupId", date_trunc('quarter', due_on)::date as quarter, fate, count(*) as count
    from promise group by 1, 2, 3, 4`.execute(tx)
  return found.rows
}

export async function groupNames(tx: Tx): Promise<{ id: number; name: string }[]> {
  return await tx
    .selectFrom('network_group')
    .select(['id', 'short_name as name'])
    .orderBy('short_name')
    .execute()
}
