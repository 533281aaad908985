import { type RawBuilder, sql } from 'kysely'
import type { PlainDate, Tx } from './database/tables.ts'
import type { Actor, Membership, Post } from './permission.ts'

// Who stands behind the words "chair", "deputy" and "portfolio manager" today: the one definition, for statements.

export interface Holder {
  readonly personId: number
  readonly name: string
}

export interface Leader extends Holder {
  readonly groupId: number
  readonly role: 'chair' | 'deputy'
  /** Away today, by their own word. */
  readonly away: boolean
}

/**
 * Chairs, then deputies, as a column of a statement.
 * @param which whose: a condition on `m`, the membership, such as sql`m.group_id = r.group_id`
 */
export const leadersOf = (which: RawBuilder<unknown>, today: PlainDate) => sql<Leader[]>`coalesce((
  select jsonb_agg(jsonb_build_object('personId', p.id, 'name', p.name, 'groupId', m.group_id, 'role', m.role,
    'away', exists (select from absence a where a.network_id = p.network_id and a.person_id = p.id
                    and a.from_on <= ${today} and a.to_on >= ${today})) order by m.role, m.id)
  from membership m join person p on p.network_id = m.network_id and p.id = m.person_id
  where ${which} and m.role in ('chair', 'deputy') and p.left_on is null
    and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today})), '[]')`

/** Those who hold a post, as a column of a statement. */
export const holdersOf = (post: Post, today: PlainDate) => sql<Holder[]>`coalesce((
  select jsonb_agg(jsonb_build_object('personId', p.id, 'name', p.name) order by h.id)
  from post_holding h join person p on p.network_id = h.network_id and p.id = h.person_id
  where h.post = ${post} and p.left_on is null
    and h.from_on <= ${today} and (h.to_on is null or h.to_on >= ${today})), '[]')`

export interface PostHolders {
  readonly coordinators: readonly Holder[]
  readonly managers: readonly Holder[]
  readonly directors: readonly Holder[]
}

export async function postHolders(tx: Tx, today: PlainDate): Promise<PostHolders> {
  const found = await sql<PostHolders>`select ${holdersOf('co-ordinator', today)} as coordinators,
    ${holdersOf('portfolio-manager', today)} as managers, ${holdersOf('director', today)} as directors`.execute(
    tx,
  )
  return found.rows[0]!
}

export const idsOf = (people: readonly Holder[]): number[] => people.map(each => each.personId)

/** The chair of a group today, or the deputy while there is none; null where nobody leads. One column of a statement. */
export const chairIdOf = (network: RawBuilder<unknown>, group: RawBuilder<unknown>, today: PlainDate) => sql<
  number | null
>`(
  select m.person_id from membership m join person p on p.network_id = m.network_id and p.id = m.person_id
  where m.network_id = ${network} and m.group_id = ${group} and m.role in ('chair', 'deputy') and p.left_on is null
    and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today}) order by m.role, m.id limit 1)`

/** Who has held this post the longest of those who hold it today; null while it is vacant. */
export const postHolderIdOf = (
  network: RawBuilder<unknown>,
  post: RawBuilder<unknown>,
  today: PlainDate,
) => sql<number | null>`(
  select h.person_id from post_holding h join person p on p.network_id = h.network_id and p.id = h.person_id
  where h.network_id = ${network} and h.post = ${post} and p.left_on is null
    and h.from_on <= ${today} and (h.to_on is null or h.to_on >= ${today}) order by h.id limit 1)`

/** Somebody who acts without being here: by an e-mail, or by a link. Undefined for who left. */
export async function actorToday(
  tx: Tx,
  network: { readonly id: number },
  personId: number,
  today: PlainDate,
): Promise<Actor | undefined> {
  const found = await sql<{
    name: string
    known_as: string
    memberships: Membership[]
    posts: Post[]
    trusts: number[]
  }>`
    select p.name, p.known_as,
      coalesce((select jsonb_agg(jsonb_build_object('groupId', m.group_id, 'role', m.role, 'voting', m.voting,
          'lay', m.lay) order by m.id) from membership m
        where m.person_id = p.id and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today})), '[]') as memberships,
      coalesce((select jsonb_agg(h.post order by h.id) from post_holding h
        where h.person_id = p.id and h.from_on <= ${today} and (h.to_on is null or h.to_on >= ${today})), '[]') as posts,
      coalesce((select jsonb_agg(t.trust_id order by t.id) from trust_contact t
        where t.person_id = p.id and t.from_on <= ${today} and (t.to_on is null or t.to_on >= ${today})), '[]') as trusts
    from person p where p.id = ${personId} and p.left_on is null`.execute(tx)
  const [row] = found.rows
  return (
    row && {
      networkId: network.id,
      personId,
      name: row.name,
      knownAs: row.known_as,
      posts: row.posts,
      memberships: row.memberships,
      trustIds: row.trusts,
    }
  )
}
