import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { reference } from '#kernel/references.ts'
import type { Instant, Tx } from '#platform/database/tables.ts'
import { creditLine, type PublicText, publicName } from './publication.ts'
import type { PublicNaming, PublicOutcome } from './tables.ts'

/** A published view as everybody reads it. */
export interface Published {
  readonly id: number
  readonly reference: string
  readonly text: PublicText
  readonly outcome: PublicOutcome | null
  readonly publishedAt: Instant
  readonly group: string | null
  readonly priority: string | null
  readonly trust: string | null
  /** "Raised by" whom, as each wants to be named. */
  readonly credit: string
}

/** What a list is narrowed to. Ids are of this network, found from the address's short names. */
export interface Narrowing {
  readonly groupId?: number | undefined
  readonly priorityId?: number | undefined
  readonly trustId?: number | undefined
  readonly year?: number | undefined
}

/** A place in the list, newest first: by key, so that it does not slip while the list grows. */
export interface Place {
  readonly microseconds: bigint
  readonly id: number
}

export const placeText = (each: Pick<Published, 'publishedAt' | 'id'>): string =>
  `${each.publishedAt.epochNanoseconds / 1000n}-${each.id}`

export function readPlace(given: string | null): Place | undefined {
  const found = /^(\d{1,17})-(\d{1,9})$/.exec(given ?? '')
  return found ? { microseconds: BigInt(found[1]!), id: Number(found[2]) } : undefined
}

interface Row {
  id: number
  number: number
  title: string
  you_said: string
  we_did: string
  next: string
  outcome: PublicOutcome | null
  published_at: Instant
  group_name: string | null
  priority: string | null
  trust: string | null
  credits: { name: string; knownAs: string; agreed: PublicNaming; wanted: PublicNaming }[]
}

// Only who is still in it and agreed is named, and never with more than they want today.
const columns = sql`p.id, p.number, p.title, p.you_said, p.we_did, p.next, p.outcome, p.published_at,
  (select g.short_name from network_group g where g.network_id = p.network_id and g.id = p.group_id) as group_name,
  (select t.title from priority t where t.network_id = p.network_id and t.id = p.priority_id) as priority,
  (select t.name from trust t where t.network_id = p.network_id and t.id = p.trust_id) as trust,
  coalesce((select jsonb_agg(jsonb_build_object('name', w.name, 'knownAs', w.known_as, 'agreed', a.naming,
      'wanted', b.naming) order by b.is_first desc, b.joined_at, w.id)
    from contributor b join person w on w.network_id = b.network_id and w.id = b.person_id
      cross join lateral (select y.naming, y.answer from publication_answer y
        where y.network_id = p.network_id and y.publication_id = p.id and y.person_id = b.person_id
        order by y.id desc limit 1) a
    where b.network_id = p.network_id and b.contribution_id = p.contribution_id and b.withdrawn_at is null
      and a.answer = 'yes'), '[]') as credits`

function read(row: Row): Published {
  return {
    id: row.id,
    reference: reference('C', row.number),
    text: { title: row.title, youSaid: row.you_said, weDid: row.we_did, next: row.next },
    outcome: row.outcome,
    publishedAt: row.published_at,
    group: row.group_name,
    priority: row.priority,
    trust: row.trust,
    credit: creditLine(row.credits.map(publicName)),
  }
}

/** @returns undefined when it is not published now, whether it ever was or not */
export async function publishedOne(tx: Tx, number: number): Promise<Published | undefined> {
  const found = await sql<Row>`
    select ${columns} from publication p where p.state = 'published' and p.number = ${number}`.execute(tx)
  return found.rows[0] && read(found.rows[0])
}

export async function publishedList(
  tx: Tx,
  narrowing: Narrowing,
  how: { readonly most: number; readonly after?: Place | undefined },
): Promise<{ list: Published[]; more: boolean }> {
  const { groupId, priorityId, trustId, year } = narrowing
  const found = await sql<Row>`
    select ${columns} from publication p
    where p.network_id = nullif(current_setting('app.network', true), '')::integer and p.state = 'published'
      ${groupId === undefined ? sql`` : sql`and p.group_id = ${groupId}`}
      ${priorityId === undefined ? sql`` : sql`and p.priority_id = ${priorityId}`}
      ${trustId === undefined ? sql`` : sql`and p.trust_id = ${trustId}`}
      ${year === undefined ? sql`` : sql`and p.published_at >= ${startOf(year)} and p.published_at < ${startOf(year + 1)}`}
      ${
        how.after
          ? sql`and (p.published_at, p.id) <
              (timestamptz 'epoch' + ${String(how.after.microseconds)}::bigint * interval '1 microsecond', ${how.after.id})`
          : sql``
      }
    order by p.published_at desc, p.id desc limit ${how.most + 1}`.execute(tx)
  return { list: found.rows.slice(0, how.most).map(read), more: found.rows.length > how.most }
}

const startOf = (year: number): Instant =>
  Temporal.PlainDate.from({ year, month: 1, day: 1 }).toZonedDateTime('Europe/London').toInstant()

export interface Topic {
  readonly id: number
  readonly slug: string
  readonly name: string
}

export interface Choices {
  readonly groups: readonly Topic[]
  readonly priorities: readonly Topic[]
  readonly trusts: readonly Topic[]
  /** Years with something published, the newest first. */
  readonly years: readonly number[]
}

/** What the list can be narrowed by. */
export async function choicesOf(tx: Tx): Promise<Choices> {
  const found = await sql<{
    groups: Topic[]
    priorities: Topic[]
    trusts: Topic[]
    first: Instant | null
    last: Instant | null
  }>`
    select
      coalesce((select jsonb_agg(jsonb_build_object('id', id, 'slug', slug, 'name', short_name) order by short_name)
        from network_group), '[]') as groups,
      coalesce((select jsonb_agg(jsonb_build_object('id', id, 'slug', slug, 'name', title) order by title)
        from priority), '[]') as priorities,
      coalesce((select jsonb_agg(jsonb_build_object('id', id, 'slug', slug, 'name', short_name) order by short_name)
        from trust), '[]') as trusts,
      (select min(published_at) from publication where state = 'published') as first,
      (select max(published_at) from publication where state = 'published') as last`.execute(tx)
  const row = found.rows[0]!
  const yearOf = (at: Instant) => at.toZonedDateTimeISO('Europe/London').year
  const years: number[] = []
  if (row.first && row.last) for (let y = yearOf(row.last); y >= yearOf(row.first); y--) years.push(y)
  return { groups: row.groups, priorities: row.priorities, trusts: row.trusts, years }
}

/**
 * "What changed" for the pages of a group or a priority: how many views are published of it, and the newest.
 */
export async function publishedOf(
  tx: Tx,
  narrowing: Narrowing,
  most = 3,
): Promise<{ readonly count: number; readonly newest: readonly Published[] }> {
  const { groupId, priorityId, trustId } = narrowing
  const found = await sql<Row & { all: number }>`
    select ${columns}, count(*) over () as all from publication p
    where p.network_id = nullif(current_setting('app.network', true), '')::integer and p.state = 'published'
      ${groupId === undefined ? sql`` : sql`and p.group_id = ${groupId}`}
      ${priorityId === undefined ? sql`` : sql`and p.priority_id = ${priorityId}`}
      ${trustId === undefined ? sql`` : sql`and p.trust_id = ${trustId}`}
    order by p.published_at desc, p.id desc limit ${Math.max(1, most)}`.execute(tx)
  return { count: found.rows[0]?.all ?? 0, newest: found.rows.slice(0, most).map(read) }
}
