import { sql } from 'kysely'
import type { Row } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { type Actor, isMemberOf, isTeam } from '#platform/permission.ts'
import type { ItemAccess } from './access.ts'
import { excludedFrom, type LoadedMeeting, readersOfItem } from './store.ts'

/** An item as the agenda shows it. */
export type AgendaLine = Row<'agenda_item'> &
  ItemAccess & {
    readonly presenterName: string | null
    readonly raiserName: string | null
    /** Raised by a volunteer of the group: these stand first among those that wait (BOARD-4). */
    readonly fromVolunteer: boolean
    readonly contributions: readonly AnsweredContribution[]
  }

/** A contribution that an item answers: what is minuted there is its consideration. */
export interface AnsweredContribution {
  readonly number: number
  readonly title: string
  readonly groupId: number | null
  readonly isMine: boolean
}

/** All items of a meeting: those on the agenda in their order, then what was asked for, volunteers' first. */
export async function agendaOf(
  doing: Pick<Doing, 'tx' | 'actor'>,
  meeting: LoadedMeeting,
): Promise<readonly AgendaLine[]> {
  const rows = await doing.tx
    .selectFrom('agenda_item as i')
    .leftJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'i.network_id').onRef('p.id', '=', 'i.presenter_person_id'),
    )
    .leftJoin('person as r', join =>
      join.onRef('r.network_id', '=', 'i.network_id').onRef('r.id', '=', 'i.raised_by_person_id'),
    )
    .selectAll('i')
    .select(['p.name as presenterName', 'r.name as raiserName'])
    .select([
      readersOfItem.as('readerIds'),
      excludedFrom(sql.ref('i.id')).as('excludedIds'),
      raisedByVolunteer.as('fromVolunteer'),
      contributionsOf(doing.actor).as('contributions'),
    ])
    .where('i.meeting_id', '=', meeting.id)
    .orderBy(sql`i.position nulls last`)
    .orderBy('fromVolunteer', 'desc')
    .orderBy('i.id')
    .execute()
  return rows.map(row => ({ ...row, groupId: meeting.groupId, guestIds: meeting.guestIds }))
}

export const onAgenda = <Line extends Pick<Row<'agenda_item'>, 'state'>>(items: readonly Line[]) =>
  items.filter(each => each.state === 'on-agenda')

export const raisedByVolunteer = sql<boolean>`exists (
  select from membership v join meeting g on g.network_id = v.network_id and g.group_id = v.group_id
  where v.network_id = i.network_id and v.person_id = i.raised_by_person_id and g.id = i.meeting_id
    and (v.role = 'volunteer' or v.lay) and v.from_on <= i.raised_at::date
    and (v.to_on is null or v.to_on >= i.raised_at::date))`

export const contributionsOf = (actor: Actor | undefined) => sql<AnsweredContribution[]>`coalesce((
  select jsonb_agg(jsonb_build_object('number', c.number, 'groupId', c.group_id,
    'title', case when c.state = 'withdrawn' then 'A view that was withdrawn' else c.title end,
    'isMine', exists (select from contributor b where b.network_id = c.network_id and b.contribution_id = c.id
      and b.person_id = ${actor?.personId ?? -1} and b.withdrawn_at is null)) order by c.number)
  from item_contribution x join contribution c on c.network_id = x.network_id and c.id = x.contribution_id
  where x.network_id = i.network_id and x.item_id = i.id), '[]')`

/** True when the contribution's own page would open for this reader. */
export const mayFollow = (actor: Actor, it: AnsweredContribution): boolean =>
  it.isMine || isTeam(actor) || isMemberOf(actor, it.groupId)

export interface ToAnswer {
  readonly id: number
  readonly number: number
  readonly title: string
}

/**
 * Contributions that wait to be considered by this group, those routed to this meeting first.
 * @param itemId and those that this item answers already
 */
export function contributionsToAnswer(
  doing: Pick<Doing, 'tx'>,
  meeting: Pick<LoadedMeeting, 'id' | 'groupId'>,
  itemId?: number,
) {
  const answered = sql<boolean>`exists (select from item_contribution x where x.network_id = c.network_id
    and x.contribution_id = c.id and x.item_id = ${itemId ?? -1})`
  return doing.tx
    .selectFrom('contribution as c')
    .select(['c.id', 'c.number', 'c.title', answered.as('answered')])
    .where(eb =>
      eb.or([
        eb.and([
          eb('c.group_id', '=', meeting.groupId),
          eb('c.state', 'in', ['to-be-considered', 'reopened']),
        ]),
        answered as never,
      ]),
    )
    .orderBy('answered', 'desc')
    .orderBy(sql`coalesce(c.meeting_id = ${meeting.id}, false)`, 'desc')
    .orderBy('c.number')
    .limit(100)
}
