import { type RawBuilder, sql } from 'kysely'
import type { Channel, PlainDate, Row } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { type Holder, holdersOf } from '#platform/who-today.ts'
import type { Ending } from './ending.ts'

export interface Place {
  readonly id: number
  readonly group: string
}

export interface LoadedEnding {
  readonly id: number
  readonly version: number
  readonly it: Ending
  readonly row: Row<'ending'>
  readonly person: { readonly id: number; readonly name: string; readonly channel: Channel }
  /** What would end: one place, or all that they hold as a volunteer. */
  readonly places: readonly Place[]
  readonly openedByName: string
  readonly notedByName: string | null
  readonly decidedByName: string | null
  /** Who else could decide. */
  readonly others: readonly Holder[]
}

/** Places as a volunteer that hold today, or will. */
export const placesOf = (person: RawBuilder<unknown>, today: PlainDate) => sql<Place[]>`coalesce((
  select jsonb_agg(jsonb_build_object('id', m.id, 'group', g.name) order by g.name, m.id)
  from membership m join network_group g on g.network_id = m.network_id and g.id = m.group_id
  where m.person_id = ${person} and m.role = 'volunteer' and (m.to_on is null or m.to_on >= ${today})), '[]')`

export async function loadEnding(
  { tx, today }: Pick<Doing, 'tx' | 'today'>,
  given: string | undefined,
  how: { forChange: boolean },
): Promise<LoadedEnding | undefined> {
  if (!/^\d{1,9}$/.test(given ?? '')) return undefined
  let query = tx
    .selectFrom('ending as e')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'e.network_id').onRef('p.id', '=', 'e.person_id'),
    )
    .selectAll('e')
    .select(['p.name as personName', 'p.channel'])
    .select([
      sql<string>`(select o.name from person o where o.network_id = e.network_id and o.id = e.opened_by_person_id)`.as(
        'openedByName',
      ),
      sql<
        string | null
      >`(select o.name from person o where o.network_id = e.network_id and o.id = e.reply_noted_by_person_id)`.as(
        'notedByName',
      ),
      sql<
        string | null
      >`(select o.name from person o where o.network_id = e.network_id and o.id = e.decided_by_person_id)`.as(
        'decidedByName',
      ),
      sql<
        string | null
      >`(select g.name from membership m join network_group g on g.network_id = m.network_id and g.id = m.group_id
        where m.network_id = e.network_id and m.id = e.membership_id)`.as('onePlace'),
      placesOf(sql`e.person_id`, today).as('allPlaces'),
      holdersOf('portfolio-manager', today).as('managers'),
      holdersOf('director', today).as('directors'),
    ])
    .where('e.id', '=', Number(given))
  if (how.forChange) query = query.forUpdate('e')
  const found = await query.executeTakeFirst()
  if (!found) return undefined
  const {
    personName,
    channel,
    openedByName,
    notedByName,
    decidedByName,
    onePlace,
    allPlaces,
    managers,
    directors,
    ...row
  } = found
  const leaders = [...managers, ...directors].filter(
    each => each.personId !== row.person_id && each.personId !== row.opened_by_person_id,
  )
  return {
    id: row.id,
    version: row.version,
    row,
    it: {
      state: row.state,
      openedBy: row.opened_by_person_id,
      replyBy: row.reply_by,
      repliedOn: row.replied_on,
      decidedOn: row.decided_on,
      lastDay: row.last_day,
    },
    person: { id: row.person_id, name: personName, channel },
    places:
      row.membership_id === null ? allPlaces : [{ id: row.membership_id, group: onePlace ?? 'a group' }],
    openedByName,
    notedByName,
    decidedByName,
    others: leaders.filter((each, at) => leaders.findIndex(other => other.personId === each.personId) === at),
  }
}
