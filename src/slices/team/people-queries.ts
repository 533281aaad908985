import { type RawBuilder, sql } from 'kysely'
import type { Channel, PlainDate, Row, Tx } from '#platform/database/tables.ts'
import { troubledWays } from '#platform/delivery/troubled.ts'

export interface ListedPerson {
  readonly id: number
  readonly name: string
  readonly lower: string
  /** "Operational Board (volunteer)". Only what holds today. */
  readonly places: readonly { group: string; role: string }[]
  readonly posts: readonly string[]
  readonly why: 'name' | 'email' | 'phone'
  readonly rank: number
}

export const pageLength = 25

const today = (day: PlainDate, of: string): RawBuilder<boolean> =>
  sql`${sql.ref(`${of}.from_on`)} <= ${day} and (${sql.ref(`${of}.to_on`)} is null or ${sql.ref(`${of}.to_on`)} >= ${day})`

const listed = (day: PlainDate, why: RawBuilder<string>, rank: RawBuilder<number>) => sql`
  select p.id, p.name, lower(p.name) as lower, ${why} as why, ${rank} as rank,
    coalesce((select jsonb_agg(jsonb_build_object('group', g.short_name, 'role', m.role) order by g.id)
      from membership m join network_group g on g.network_id = m.network_id and g.id = m.group_id
      where m.network_id = p.network_id and m.person_id = p.id and ${today(day, 'm')}), '[]') as places,
    coalesce((select jsonb_agg(h.post) from post_holding h
      where h.network_id = p.network_id and h.person_id = p.id and ${today(day, 'h')}), '[]') as posts
  from person p`

/** Everybody of the network by name, page by page: the rows, for asking them together with others. */
export function peopleByName(
  day: PlainDate,
  after: { lower: string; id: number } | undefined,
  which: { readonly groupId?: number | undefined; readonly length?: number } = {},
): RawBuilder<ListedPerson> {
  const inGroup = sql`and exists (select from membership n where n.network_id = p.network_id and n.person_id = p.id
    and n.group_id = ${which.groupId ?? 0}::integer and ${today(day, 'n')})`
  return sql<ListedPerson>`
    ${listed(day, sql`'name'`, sql`0`)}
    where p.left_on is null
      ${which.groupId === undefined ? sql`` : inGroup}
      ${after ? sql`and (lower(p.name), p.id) > (${after.lower}, ${after.id}::int)` : sql``}
    order by lower(p.name), p.id limit ${(which.length ?? pageLength) + 1}`
}

/** By a name nearly right, a whole e-mail address or a phone number. */
export function peopleLike(day: PlainDate, words: string): RawBuilder<ListedPerson> {
  const wanted = words.slice(0, 100)
  const digits = wanted.replace(/\D/g, '')
  const asPhone = digits.length >= 7 ? digits : null
  return sql<ListedPerson>`
    ${listed(
      day,
      sql`case when lower(p.email) = lower(${wanted}) then 'email'
               when regexp_replace(p.phone, '\\D', '', 'g') = ${asPhone} then 'phone' else 'name' end`,
      sql`case when lower(p.email) = lower(${wanted}) or regexp_replace(p.phone, '\\D', '', 'g') = ${asPhone} then 1.0
               else greatest(word_similarity(${wanted}, p.name), similarity(p.name, ${wanted})) end`,
    )}
    where p.left_on is null and p.id in (
      select a.id from person a where ${wanted} <% a.name or a.name % ${wanted}
      union select b.id from person b where lower(b.email) = lower(${wanted})
      union select c.id from person c where c.phone is not null
        and regexp_replace(c.phone, '\\D', '', 'g') = ${asPhone})
    order by rank desc, lower(p.name), p.id limit ${pageLength}`
}

export interface PersonInFull {
  readonly person: Row<'person'>
  readonly places: readonly Held<{ group: string; role: string; voting: boolean; lay: boolean }>[]
  readonly posts: readonly Held<{ post: string }>[]
  readonly absences: readonly { id: number; from: string; to: string }[]
  readonly trusts: readonly string[]
  readonly applications: readonly number[]
  readonly groups: readonly { id: number; name: string }[]
  /** What we sent there came back. */
  readonly troubled: readonly Channel[]
  /** Changes with every change of the person's own row: guards the form against a stale one. */
  readonly version: number
}
type Held<What> = What & { readonly id: number; readonly from: string; readonly to: string | null }

/** A person with all that they hold and held, in one statement. */
export async function personInFull(
  tx: Tx,
  id: number,
  how: { forChange: boolean },
): Promise<PersonInFull | undefined> {
  const person = await tx
    .selectFrom('person as p')
    .selectAll('p')
    .select([
      sql<PersonInFull['places']>`coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'group', g.name,
          'role', m.role, 'voting', m.voting, 'lay', m.lay, 'from', m.from_on, 'to', m.to_on) order by m.from_on, m.id)
        from membership m join network_group g on g.network_id = m.network_id and g.id = m.group_id
        where m.network_id = p.network_id and m.person_id = p.id), '[]')`.as('places'),
      sql<PersonInFull['posts']>`coalesce((select jsonb_agg(jsonb_build_object('id', h.id, 'post', h.post,
          'from', h.from_on, 'to', h.to_on) order by h.from_on, h.id)
        from post_holding h where h.network_id = p.network_id and h.person_id = p.id), '[]')`.as('posts'),
      sql<
        PersonInFull['absences']
      >`coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'from', a.from_on,
          'to', a.to_on) order by a.from_on, a.id)
        from absence a where a.network_id = p.network_id and a.person_id = p.id), '[]')`.as('absences'),
      sql<string[]>`coalesce((select jsonb_agg(t.name) from trust_contact c
        join trust t on t.network_id = c.network_id and t.id = c.trust_id
        where c.network_id = p.network_id and c.person_id = p.id), '[]')`.as('trusts'),
      sql<number[]>`coalesce((select jsonb_agg(a.number order by a.number) from application a
        where a.network_id = p.network_id and a.person_id = p.id), '[]')`.as('applications'),
      sql<PersonInFull['groups']>`coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name)
        order by g.name) from network_group g where g.network_id = p.network_id), '[]')`.as('groups'),
      troubledWays.as('troubled'),
      sql<number>`abs(hashtext(p::text))`.as('version'),
    ])
    .where('p.id', '=', id)
    .where('p.left_on', 'is', null)
    .$if(how.forChange, query => query.forUpdate('p'))
    .executeTakeFirst()
  if (!person) return undefined
  const { places, posts, absences, trusts, applications, groups, troubled, version, ...row } = person
  return { person: row, places, posts, absences, trusts, applications, groups, troubled, version }
}
