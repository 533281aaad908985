import { type SqlBool, sql } from 'kysely'
import { readReference } from '#kernel/references.ts'
import { question } from '#platform/database/questions.ts'
import type { Instant, PlainDate, Tx } from '#platform/database/tables.ts'

export interface Trust {
  readonly trustId: number
  readonly slug: string
  readonly name: string
}

export async function loadTrust(tx: Tx, slug: string | undefined): Promise<Trust | undefined> {
  if (!slug) return undefined
  return await tx
    .selectFrom('trust')
    .select(['id as trustId', 'slug', 'name'])
    .where('slug', '=', slug)
    .executeTakeFirst()
}

/** Volunteers of this Trust who agreed to be known to its contact. The one condition, for lists and for one of them. */
const knownHere = (
  trustId: number,
  today: PlainDate,
) => sql<SqlBool>`(p.trust_id = ${trustId} and p.trust_may_know
  and p.left_on is null and exists (select from membership m where m.network_id = p.network_id and m.person_id = p.id
    and m.role = 'volunteer' and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today})))`

export const pageSize = 25

export interface Volunteer {
  readonly id: number
  readonly name: string
}

/** By name; `after` is the last one of the page before. */
export const volunteersOf = (trust: Trust, today: PlainDate, after: Volunteer | undefined) =>
  question(
    sql<Volunteer>`select p.id, p.name from person p where ${knownHere(trust.trustId, today)}
      and (${after === undefined} or (p.name, p.id) > (${after?.name ?? ''}, ${after?.id ?? 0}))
      order by p.name, p.id limit ${pageSize + 1}`,
    (rows): { people: readonly Volunteer[]; more: boolean } => ({
      people: rows.slice(0, pageSize),
      more: rows.length > pageSize,
    }),
  )

export async function volunteerOf(
  tx: Tx,
  trust: Trust,
  person: string | undefined,
  today: PlainDate,
): Promise<Volunteer | undefined> {
  if (!/^\d{1,9}$/.test(person ?? '')) return undefined
  return await tx
    .selectFrom('person as p')
    .select(['p.id', 'p.name'])
    .where('p.id', '=', Number(person))
    .where(knownHere(trust.trustId, today))
    .executeTakeFirst()
}

export interface TrustAction {
  readonly id: number
  readonly number: number
  readonly what: string
  readonly state: string
  readonly due_on: string
  readonly owner_id: number
  readonly owner_name: string
  readonly hospital: string | null
}

/** A Trust’s actions: those about one of its hospitals, and those that its contacts own. */
const ofTrust = (trustId: number) => sql<SqlBool>`(
  exists (select from contribution c join site s on s.network_id = c.network_id and s.id = c.site_id
    where c.network_id = a.network_id and c.id = a.contribution_id and s.trust_id = ${trustId})
  or exists (select from trust_contact k where k.network_id = a.network_id and k.person_id = a.owner_person_id
    and k.trust_id = ${trustId}))`

const actionColumns = sql`a.id, a.number, a.what, a.state, a.due_on, a.owner_person_id as owner_id, o.name as owner_name,
  (select s.name from contribution c join site s on s.network_id = c.network_id and s.id = c.site_id
    where c.network_id = a.network_id and c.id = a.contribution_id and s.trust_id = ${sql.ref('t.id')}) as hospital`

export interface Place {
  readonly due: string
  readonly id: number
}

export const actionsOf = (
  trust: Trust,
  which: { readonly show: 'open' | 'late' | 'over'; readonly after: Place | undefined },
  today: PlainDate,
) => {
  const { show, after } = which
  const over = show === 'over'
  const from = after ?? { due: over ? '9999-01-01' : '0001-01-01', id: 0 }
  return question(
    sql<TrustAction>`select ${actionColumns} from action a join trust t on t.network_id = a.network_id and t.id = ${trust.trustId}
      join person o on o.network_id = a.network_id and o.id = a.owner_person_id
      where ${ofTrust(trust.trustId)}
        and ${over ? sql`a.state in ('done', 'dropped')` : sql`a.state in ('open', 'asked-for-another-date')`}
        and (${show !== 'late'} or a.due_on < ${today})
        and ${over ? sql`(a.due_on, a.id) < (${from.due}::date, ${from.id === 0 ? 2_000_000_000 : from.id}::integer)` : sql`(a.due_on, a.id) > (${from.due}::date, ${from.id}::integer)`}
      order by ${over ? sql`a.due_on desc, a.id desc` : sql`a.due_on, a.id`} limit ${pageSize + 1}`,
    (rows): { actions: readonly TrustAction[]; more: boolean } => ({
      actions: rows.slice(0, pageSize),
      more: rows.length > pageSize,
    }),
  )
}

export async function actionOf(
  tx: Tx,
  trust: Trust,
  given: string | undefined,
): Promise<TrustAction | undefined> {
  const number = readReference('A', given)
  if (number === undefined) return undefined
  const found = await sql<TrustAction>`select ${actionColumns} from action a
    join trust t on t.network_id = a.network_id and t.id = ${trust.trustId}
    join person o on o.network_id = a.network_id and o.id = a.owner_person_id
    where a.number = ${number} and ${ofTrust(trust.trustId)}`.execute(tx)
  return found.rows[0]
}

export interface Counts {
  readonly open: number
  readonly late: number
}

export const countsOf = (trustIds: readonly number[], today: PlainDate) =>
  question(
    sql<{ id: number; slug: string; name: string; open: number; late: number }>`
      select t.id, t.slug, t.name, count(a.id)::integer as open, count(a.id) filter (where a.due_on < ${today})::integer as late
      from trust t left join action a on a.network_id = t.network_id and a.state in ('open', 'asked-for-another-date')
        and (exists (select from contribution c join site s on s.network_id = c.network_id and s.id = c.site_id
            where c.network_id = a.network_id and c.id = a.contribution_id and s.trust_id = t.id)
          or exists (select from trust_contact k where k.network_id = a.network_id and k.person_id = a.owner_person_id
            and k.trust_id = t.id))
      where t.id = any(${[...trustIds]}::integer[]) group by t.network_id, t.id, t.slug, t.name order by t.name`,
    rows => rows,
  )

export interface Thanks {
  readonly id: number
  readonly words: string
  readonly at: Instant
  readonly by: string
  readonly trust: string
}

export async function thanksTo(tx: Tx, personId: number, before: number | undefined): Promise<Thanks[]> {
  return await tx
    .selectFrom('trust_thanks as k')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'k.network_id').onRef('p.id', '=', 'k.by_person_id'),
    )
    .innerJoin('trust as t', join =>
      join.onRef('t.network_id', '=', 'k.network_id').onRef('t.id', '=', 'k.trust_id'),
    )
    .select(['k.id', 'k.words', 'k.at', 'p.name as by', 't.name as trust'])
    .where('k.person_id', '=', personId)
    .$if(before !== undefined, query => query.where('k.id', '<', before!))
    .orderBy('k.id', 'desc')
    .limit(pageSize + 1)
    .execute()
}
