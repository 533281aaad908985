import { sql } from 'kysely'
import type { Happened } from '#kernel/decision.ts'
import { readReference, reference } from '#kernel/references.ts'
import type { Row, RowChange } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { nextNumber } from '#platform/references.ts'
import type { ItemAccess, MeetingAccess } from './access.ts'
import { type Meeting, papersDue } from './meeting.ts'
import type { AgendaItemTable } from './tables.ts'
import './tables.ts'

/** A meeting with all that deciding on it needs; `version` guards forms against what happened meanwhile. */
export interface LoadedMeeting extends MeetingAccess {
  readonly id: number
  /** 'M-14' */
  readonly reference: string
  readonly version: number
  readonly it: Meeting
  readonly row: Row<'meeting'>
  readonly group: Row<'network_group'>
  /** Chair and deputy today, the chair first. */
  readonly leaderIds: readonly number[]
}

/** For a route's `load`: by the reference in its address, held for the change when one is made. */
export async function loadMeeting(
  doing: Pick<Doing, 'tx' | 'today' | 'when'>,
  given: string | number | undefined,
  how: { forChange: boolean },
): Promise<LoadedMeeting | undefined> {
  const number = typeof given === 'number' ? given : readReference('M', given)
  if (number === undefined) return undefined
  const { tx, today } = doing
  const found = await tx
    .selectFrom('meeting as m')
    .selectAll('m')
    .select([
      sql<Row<'network_group'>>`(select to_jsonb(g) from network_group g
        where g.network_id = m.network_id and g.id = m.group_id)`.as('its_group'),
      sql<number[]>`coalesce((select jsonb_agg(l.person_id order by l.role) from membership l
        where l.network_id = m.network_id and l.group_id = m.group_id and l.role in ('chair', 'deputy')
          and l.from_on <= ${today} and (l.to_on is null or l.to_on >= ${today})), '[]')`.as('leaders'),
      guestsOf('m').as('guests'),
    ])
    .where('m.number', '=', number)
    .$if(how.forChange, query => query.forUpdate('m'))
    .executeTakeFirst()
  if (!found) return undefined
  const { its_group, leaders, guests, ...row } = found
  return {
    id: row.id,
    reference: reference('M', row.number),
    version: row.version,
    it: {
      state: row.state,
      startsAt: row.starts_at,
      minutesLong: row.minutes_long,
      papersDueOn:
        row.papers_due_on ?? papersDue(row.starts_at, its_group.paper_days, today, doing.when.clocks),
      because: String((row.state_data as { because?: string }).because ?? ''),
    },
    row,
    group: its_group,
    groupId: row.group_id,
    leaderIds: leaders,
    guestIds: guests,
  }
}

/** Presenters and authors: they see the meeting they come to, also from outside the group. */
const guestsOf = (m: string) => sql<number[]>`coalesce((
  select jsonb_agg(distinct w.person) from (
    select i.presenter_person_id as person from agenda_item i
      where i.network_id = ${sql.ref(`${m}.network_id`)} and i.meeting_id = ${sql.ref(`${m}.id`)} and i.state = 'on-agenda'
    union select p.author_person_id from paper p
      where p.network_id = ${sql.ref(`${m}.network_id`)} and p.meeting_id = ${sql.ref(`${m}.id`)} and p.state <> 'withdrawn'
  ) w where w.person is not null), '[]')`

/** An accepted step: the new state and its history. Messages and calendars are told by whoever takes the step. */
export async function saveMeeting(
  doing: Doing,
  loaded: LoadedMeeting,
  step: { state: Meeting; events: readonly Happened[] },
  change: RowChange<'meeting'> = {},
): Promise<void> {
  const { state, startsAt, minutesLong, papersDueOn, because } = step.state
  await doing.tx
    .updateTable('meeting')
    .set({
      state,
      starts_at: startsAt,
      minutes_long: minutesLong,
      papers_due_on: papersDueOn,
      state_data: JSON.stringify(because === '' ? {} : { because }),
      version: loaded.version + 1,
      ...change,
    })
    .where('id', '=', loaded.id)
    .execute()
  await doing.happened({ kind: 'meeting', id: loaded.id }, step.events)
}

/** An agenda item with its meeting, and who may read it. */
export interface LoadedItem extends ItemAccess {
  readonly id: number
  readonly version: number
  readonly item: Row<'agenda_item'>
  readonly meeting: LoadedMeeting
}

/** For a route's `load` under `/meetings/:meeting/items/:item`. */
export async function loadItem(
  doing: Pick<Doing, 'tx' | 'today' | 'when'>,
  given: { meeting: string | undefined; item: string | number | undefined },
  how: { forChange: boolean },
): Promise<LoadedItem | undefined> {
  const id =
    typeof given.item === 'number' ? given.item : /^\d{1,9}$/.test(given.item ?? '') ? Number(given.item) : -1
  // The meeting first, then its item: the order in which every change takes them.
  const meeting = await loadMeeting(doing, given.meeting, how)
  if (!meeting) return undefined
  const found = await doing.tx
    .selectFrom('agenda_item as i')
    .selectAll('i')
    .select([readersOfItem.as('readers'), excludedFrom(sql.ref('i.id')).as('excluded')])
    .where('i.id', '=', id)
    .where('i.meeting_id', '=', meeting.id)
    .$if(how.forChange, query => query.forUpdate('i'))
    .executeTakeFirst()
  if (!found) return undefined
  const { readers, excluded, ...item } = found
  return {
    id: item.id,
    version: item.version,
    item,
    meeting,
    groupId: meeting.groupId,
    guestIds: meeting.guestIds,
    handling: item.handling,
    readerIds: readers,
    excludedIds: excluded,
  }
}

/** Who raised it, presents it or is named; the query has `agenda_item as i`. */
export const readersOfItem = sql<number[]>`coalesce((
  select jsonb_agg(distinct w.person) from (
    select r.person_id as person from named_reader r
      where r.network_id = i.network_id and r.thing_kind = 'item' and r.thing_id = i.id
    union select i.raised_by_person_id union select i.presenter_person_id
  ) w where w.person is not null), '[]')`

/** Whom a conflict of interest keeps from the paper of an item; `item` is the column with the item's id (R24). */
export const excludedFrom = (item: ReturnType<typeof sql.ref>) => sql<number[]>`coalesce((
  select jsonb_agg(x.person_id) from conflict x where x.item_id = ${item} and x.outcome = 'no-paper'), '[]')`

/** All items of a meeting that stand on its agenda or wait for a place, in their order, with who may read each. */
export async function itemsOf(
  doing: Pick<Doing, 'tx'>,
  meeting: LoadedMeeting,
): Promise<readonly (Row<'agenda_item'> & ItemAccess)[]> {
  const rows = await doing.tx
    .selectFrom('agenda_item as i')
    .selectAll('i')
    .select([readersOfItem.as('readerIds'), excludedFrom(sql.ref('i.id')).as('excludedIds')])
    .where('i.meeting_id', '=', meeting.id)
    .where('i.state', 'in', ['raised', 'on-agenda'])
    .orderBy(sql`i.position nulls last`)
    .orderBy('i.id')
    .execute()
  return rows.map(row => ({ ...row, groupId: meeting.groupId, guestIds: meeting.guestIds }))
}

export interface NewMeeting {
  readonly groupId: number
  readonly title: string
  readonly startsAt: Meeting['startsAt']
  readonly minutesLong: number
  readonly kind: 'online' | 'in-person' | 'hybrid'
  readonly link?: string
  readonly venue?: string
  readonly access?: Readonly<Record<string, string>>
  readonly travel?: string
}

/** The standing items, by themselves (BOARD-4): in this order, the minutes each is meant to take. */
const standingItems: readonly (Pick<AgendaItemTable, 'title' | 'asked' | 'minutes'> & {
  standing: NonNullable<AgendaItemTable['standing']>
  position: number
})[] = [
  { standing: 'welcome', title: 'Welcome and apologies', asked: 'note', minutes: 5, position: 1 },
  { standing: 'conflicts', title: 'Conflicts of interest', asked: 'note', minutes: 5, position: 2 },
  { standing: 'minutes', title: 'Minutes of last time', asked: 'decide', minutes: 5, position: 3 },
  { standing: 'matters-arising', title: 'Matters arising', asked: 'discuss', minutes: 10, position: 4 },
  { standing: 'volunteers-time', title: 'Volunteers’ time', asked: 'discuss', minutes: 15, position: 5 },
  {
    standing: 'any-other-business',
    title: 'Any other business',
    asked: 'discuss',
    minutes: 5,
    position: 1000,
  },
]

/** A meeting with its standing items. Invitations go out by the meeting's plan of correspondence. */
export async function planMeeting(doing: Doing, given: NewMeeting): Promise<{ id: number; number: number }> {
  const { tx, network, now, today, when } = doing
  const group = await tx
    .selectFrom('network_group')
    .select(['paper_days'])
    .where('id', '=', given.groupId)
    .executeTakeFirstOrThrow()
  const number = await nextNumber(tx, network.id, 'meeting', 1)
  const { id } = await tx
    .insertInto('meeting')
    .values({
      network_id: network.id,
      group_id: given.groupId,
      number,
      title: given.title,
      starts_at: given.startsAt,
      minutes_long: given.minutesLong,
      kind: given.kind,
      place: given.kind === 'online' ? 'Microsoft Teams' : (given.venue ?? ''),
      link: given.link ?? '',
      venue: given.venue ?? '',
      access: JSON.stringify(given.access ?? {}),
      travel: given.travel ?? '',
      papers_due_on: papersDue(given.startsAt, group.paper_days, today, when.clocks),
      changed_at: now,
      planned_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await addStandingItems(doing, id)
  await doing.happened({ kind: 'meeting', id }, [
    { event: 'planned', details: { on: given.startsAt.toString() } },
  ])
  return { id, number }
}

export async function addStandingItems(doing: Pick<Doing, 'tx' | 'network' | 'now'>, meetingId: number) {
  await doing.tx
    .insertInto('agenda_item')
    .values(
      standingItems.map(each => ({
        ...each,
        network_id: doing.network.id,
        meeting_id: meetingId,
        state: 'on-agenda' as const,
        handling: 'public' as const,
        raised_at: doing.now,
        raised_by_person_id: null,
        presenter_person_id: null,
        moved_to_meeting_id: null,
        opened_at: null,
        closed_at: null,
      })),
    )
    .execute()
}
