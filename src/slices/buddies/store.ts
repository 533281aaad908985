import { type SqlBool, sql } from 'kysely'
import type { PlainDate, Row, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { type Actor, isVolunteer, personRule, type Rule } from '#platform/permission.ts'
import type { Pair, Side } from './pair.ts'

export interface LoadedPair {
  readonly id: number
  readonly version: number
  readonly it: Pair
  readonly one: Half
  readonly other: Half
  readonly sinceOn: PlainDate | null
  readonly threadId: number | null
}

export interface Half {
  readonly id: number
  readonly name: string
  readonly phone: string | null
  readonly showsPhone: boolean
  readonly hasSignIn: boolean
}

export const aVolunteer: Rule<undefined> = personRule('a volunteer', isVolunteer)

export const sideOf = (actor: Actor, pair: LoadedPair): Side | undefined =>
  pair.one.id === actor.personId ? 'one' : pair.other.id === actor.personId ? 'other' : undefined

export const oneOfTheTwo: Rule<LoadedPair> = personRule(
  'one of the two',
  (actor, pair) => sideOf(actor, pair) !== undefined,
)

export async function loadPair(
  tx: Tx,
  given: string | number | undefined,
  how: { forChange: boolean },
): Promise<LoadedPair | undefined> {
  if (!/^\d{1,9}$/.test(String(given))) return undefined
  const id = Number(given)
  if (how.forChange) await tx.selectFrom('buddy_pair').select('id').where('id', '=', id).forUpdate().execute()
  const found = await tx
    .selectFrom('buddy_pair as b')
    .innerJoin('person as o', join =>
      join.onRef('o.network_id', '=', 'b.network_id').onRef('o.id', '=', 'b.one_person_id'),
    )
    .innerJoin('person as t', join =>
      join.onRef('t.network_id', '=', 'b.network_id').onRef('t.id', '=', 'b.other_person_id'),
    )
    .selectAll('b')
    .select(['o.name as one_name', 'o.phone as one_phone', 'o.account_id as one_account'])
    .select(['t.name as other_name', 't.phone as other_phone', 't.account_id as other_account'])
    .select(
      sql<
        number | null
      >`(select m.id from message_thread m where m.network_id = b.network_id and m.pair_id = b.id)`.as(
        'thread_id',
      ),
    )
    .where('b.id', '=', id)
    .executeTakeFirst()
  if (!found) return undefined
  return {
    id: found.id,
    version: found.version,
    it: {
      state: found.state,
      accepted: { one: found.one_accepted_on !== null, other: found.other_accepted_on !== null },
    },
    one: {
      id: found.one_person_id,
      name: found.one_name,
      phone: found.one_phone,
      showsPhone: found.one_shows_phone,
      hasSignIn: found.one_account !== null,
    },
    other: {
      id: found.other_person_id,
      name: found.other_name,
      phone: found.other_phone,
      showsPhone: found.other_shows_phone,
      hasSignIn: found.other_account !== null,
    },
    sinceOn: found.since_on,
    threadId: found.thread_id,
  }
}

export const openStates: readonly Row<'buddy_pair'>['state'][] = ['offered', 'together']

/** Volunteers of today who are not resting: who could be a buddy. */
export async function possibleBuddies(
  doing: Pick<Doing, 'tx' | 'today'>,
  only?: number,
): Promise<{ id: number; name: string; buddies: number }[]> {
  const { tx, today } = doing
  return await tx
    .selectFrom('person as p')
    .select([
      'p.id',
      'p.name',
      sql<number>`(select count(*)::integer from buddy_pair b where b.network_id = p.network_id
        and b.state in ('offered', 'together') and (b.one_person_id = p.id or b.other_person_id = p.id))`.as(
        'buddies',
      ),
    ])
    .where('p.left_on', 'is', null)
    .where(sql<SqlBool>`(p.paused_from is null or p.paused_from > ${today} or p.paused_until < ${today})`)
    .where(
      sql<SqlBool>`exists (select from membership m where m.network_id = p.network_id and m.person_id = p.id
        and m.role = 'volunteer' and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today}))`,
    )
    .$if(only !== undefined, query => query.where('p.id', '=', only!))
    .orderBy('p.name')
    .orderBy('p.id')
    .limit(1000)
    .execute()
}

export const pageSize = 25

export interface ListedWish {
  readonly id: number
  readonly person_id: number
  readonly name: string
  readonly words: string
  readonly due_on: PlainDate
}

export async function openWishes(tx: Tx, after: number): Promise<ListedWish[]> {
  return await tx
    .selectFrom('buddy_wish as w')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'w.network_id').onRef('p.id', '=', 'w.person_id'),
    )
    .select(['w.id', 'w.person_id', 'p.name', 'w.words', 'w.due_on'])
    .where('w.ended_at', 'is', null)
    .where('w.id', '>', after)
    .orderBy('w.id')
    .limit(pageSize + 1)
    .execute()
}

export interface ListedPair {
  readonly id: number
  readonly state: Row<'buddy_pair'>['state']
  readonly one_person_id: number
  readonly one: string
  readonly other: string
  readonly offered_on: PlainDate
  readonly since_on: PlainDate | null
}

/** Pairs that were offered or are together; of one person, all that is open. */
export async function openPairs(
  tx: Tx,
  wish: { readonly before?: number | undefined; readonly personId?: number },
): Promise<ListedPair[]> {
  return await tx
    .selectFrom('buddy_pair as b')
    .innerJoin('person as o', join =>
      join.onRef('o.network_id', '=', 'b.network_id').onRef('o.id', '=', 'b.one_person_id'),
    )
    .innerJoin('person as t', join =>
      join.onRef('t.network_id', '=', 'b.network_id').onRef('t.id', '=', 'b.other_person_id'),
    )
    .select([
      'b.id',
      'b.state',
      'b.one_person_id',
      'o.name as one',
      't.name as other',
      'b.offered_on',
      'b.since_on',
    ])
    .where('b.state', 'in', openStates)
    .$if(wish.before !== undefined, query => query.where('b.id', '<', wish.before!))
    .$if(wish.personId !== undefined, query =>
      query.where(eb =>
        eb.or([eb('b.one_person_id', '=', wish.personId!), eb('b.other_person_id', '=', wish.personId!)]),
      ),
    )
    .orderBy('b.id', 'desc')
    .limit(pageSize + 1)
    .execute()
}
