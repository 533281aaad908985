import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { readReference, reference } from '#kernel/references.ts'
import type { Instant, PlainDate, Row, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { Claim, Rate } from './expense.ts'
import type { LineKind, RateKind } from './tables.ts'

export interface LoadedClaim extends Claim {
  readonly id: number
  readonly number: number
  readonly reference: string
  readonly version: number
  readonly name: string
  readonly writtenByName: string
  readonly whatFor: string
  readonly on: PlainDate
  readonly sentAt: Instant | null
  readonly payBy: PlainDate | null
  readonly firstByName: string | null
  readonly firstAt: Instant | null
  readonly secondByName: string | null
  readonly secondAt: Instant | null
  readonly answeredByName: string | null
  readonly because: string
  readonly paidOn: PlainDate | null
  readonly lines: readonly LoadedLine[]
  readonly files: readonly { readonly id: number; readonly name: string; readonly bytes: number }[]
}

export interface LoadedLine {
  readonly id: number
  readonly kind: LineKind
  readonly words: string
  readonly howMany: number | null
  readonly pence: number
  readonly ratePence: number | null
  readonly rateFromOn: string | null
}

/** For a route's `load`: by its reference, held for the change when one is made. */
export async function loadClaim(
  { tx }: Pick<Doing, 'tx'>,
  given: string | number | undefined,
  how: { forChange: boolean },
): Promise<LoadedClaim | undefined> {
  const number = typeof given === 'number' ? given : readReference('E', given)
  if (number === undefined) return undefined
  if (how.forChange)
    await tx.selectFrom('expense_claim').select('id').where('number', '=', number).forUpdate().execute()
  const name = (column: string) =>
    sql<
      string | null
    >`(select n.name from person n where n.network_id = c.network_id and n.id = ${sql.ref(column)})`
  const found = await tx
    .selectFrom('expense_claim as c')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'c.network_id').onRef('p.id', '=', 'c.person_id'),
    )
    .selectAll('c')
    .select([
      'p.name as name',
      name('c.written_by_person_id').as('written_by_name'),
      name('c.first_by_person_id').as('first_by_name'),
      name('c.second_by_person_id').as('second_by_name'),
      name('c.answered_by_person_id').as('answered_by_name'),
      sql<
        LoadedLine[]
      >`coalesce((select jsonb_agg(jsonb_build_object('id', l.id, 'kind', l.kind, 'words', l.words,
          'howMany', l.how_many, 'pence', l.pence, 'ratePence', l.rate_pence, 'rateFromOn', l.rate_from_on) order by l.id)
        from expense_line l where l.network_id = c.network_id and l.claim_id = c.id), '[]')`.as('lines'),
      sql<LoadedClaim['files']>`coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name,
          'bytes', f.bytes) order by f.id)
        from stored_file f where f.network_id = c.network_id and f.thing_kind = 'expense-claim'
          and f.thing_id = c.id), '[]')`.as('files'),
    ])
    .where('c.number', '=', number)
    .executeTakeFirst()
  if (!found) return undefined
  return {
    id: found.id,
    number: found.number,
    reference: reference('E', found.number),
    version: found.version,
    state: found.state,
    personId: found.person_id,
    name: found.name,
    writtenById: found.written_by_person_id,
    writtenByName: found.written_by_name ?? '',
    whatFor: found.what_for,
    on: found.on_date,
    sentAt: found.sent_at,
    payBy: found.pay_by,
    firstById: found.first_by_person_id,
    firstByName: found.first_by_name,
    firstAt: found.first_at,
    secondByName: found.second_by_name,
    secondAt: found.second_at,
    answeredByName: found.answered_by_name,
    because: found.because,
    paidOn: found.paid_on,
    lines: found.lines,
    files: found.files,
  }
}

export async function ratesOf(tx: Tx): Promise<(Rate & { readonly id: number; readonly byName: string })[]> {
  const rows = await tx
    .selectFrom('expense_rate as r')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'r.network_id').onRef('p.id', '=', 'r.by_person_id'),
    )
    .select(['r.id', 'r.kind', 'r.pence', 'r.from_on', 'p.name'])
    .orderBy('r.from_on')
    .orderBy('r.id')
    .limit(1000)
    .execute()
  return rows.map(row => ({
    id: row.id,
    kind: row.kind as RateKind,
    pence: row.pence,
    fromOn: row.from_on,
    byName: row.name,
  }))
}

export interface LoadedBooking {
  readonly id: number
  readonly reference: string
  readonly version: number
  readonly row: Row<'expense_booking'>
  readonly personId: number
  readonly name: string
  readonly answeredByName: string | null
}

export async function loadBooking(
  { tx }: Pick<Doing, 'tx'>,
  given: string | number | undefined,
  how: { forChange: boolean },
): Promise<LoadedBooking | undefined> {
  const number = typeof given === 'number' ? given : readReference('B', given)
  if (number === undefined) return undefined
  if (how.forChange)
    await tx.selectFrom('expense_booking').select('id').where('number', '=', number).forUpdate().execute()
  const found = await tx
    .selectFrom('expense_booking as b')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'b.network_id').onRef('p.id', '=', 'b.person_id'),
    )
    .leftJoin('person as a', join =>
      join.onRef('a.network_id', '=', 'b.network_id').onRef('a.id', '=', 'b.answered_by_person_id'),
    )
    .selectAll('b')
    .select(['p.name as name', 'a.name as answered_by_name'])
    .where('b.number', '=', number)
    .executeTakeFirst()
  if (!found) return undefined
  const { name, answered_by_name, ...row } = found
  return {
    id: row.id,
    reference: reference('B', row.number),
    version: row.version,
    row,
    personId: row.person_id,
    name,
    answeredByName: answered_by_name,
  }
}

export const shows = ['open', 'to-approve', 'to-pay', 'late', 'over'] as const
export type Show = (typeof shows)[number]
export const pageSize = 25

export interface ListedClaim {
  readonly id: number
  readonly number: number
  readonly person_id: number
  readonly name: string
  readonly what_for: string
  readonly on_date: PlainDate
  readonly state: Row<'expense_claim'>['state']
  readonly pay_by: PlainDate | null
  readonly paid_on: PlainDate | null
  readonly first_by: string | null
  readonly second_by: string | null
  readonly pence: number
}

/** Claims of one person, or those of everybody that were sent: the newest first, paged by key. */
export async function listClaims(
  tx: Tx,
  today: PlainDate,
  wish: { personId?: number; show?: Show; before?: number | undefined; limit?: number },
): Promise<{ rows: ListedClaim[]; next?: number }> {
  const limit = wish.limit ?? pageSize
  const which = {
    open: sql<boolean>`c.state in ('sent', 'approved-once', 'approved')`,
    'to-approve': sql<boolean>`c.state in ('sent', 'approved-once')`,
    'to-pay': sql<boolean>`c.state = 'approved'`,
    late: sql<boolean>`c.state in ('sent', 'approved-once', 'approved') and c.pay_by < ${today}`,
    over: sql<boolean>`c.state in ('paid', 'refused', 'withdrawn') and c.sent_at is not null`,
  }
  const rows = await tx
    .selectFrom('expense_claim as c')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'c.network_id').onRef('p.id', '=', 'c.person_id'),
    )
    .select([
      'c.id',
      'c.number',
      'c.person_id',
      'p.name',
      'c.what_for',
      'c.on_date',
      'c.state',
      'c.pay_by',
      'c.paid_on',
      sql<string | null>`(select n.name from person n where n.network_id = c.network_id
        and n.id = c.first_by_person_id)`.as('first_by'),
      sql<string | null>`(select n.name from person n where n.network_id = c.network_id
        and n.id = c.second_by_person_id)`.as('second_by'),
      sql<number>`coalesce((select sum(l.pence) from expense_line l where l.network_id = c.network_id
        and l.claim_id = c.id), 0)::integer`.as('pence'),
    ])
    .$if(wish.personId !== undefined, query => query.where('c.person_id', '=', wish.personId!))
    .$if(wish.show !== undefined, query => query.where(which[wish.show ?? 'open']))
    .$if(wish.before !== undefined, query => query.where('c.id', '<', wish.before!))
    .orderBy('c.id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  return rows.length > limit ? { rows: shown, next: shown.at(-1)!.id } : { rows: shown }
}

export async function listBookings(
  tx: Tx,
  wish: { personId?: number },
): Promise<(Row<'expense_booking'> & { name: string })[]> {
  return await tx
    .selectFrom('expense_booking as b')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'b.network_id').onRef('p.id', '=', 'b.person_id'),
    )
    .selectAll('b')
    .select('p.name')
    .$if(wish.personId !== undefined, query => query.where('b.person_id', '=', wish.personId!))
    .$if(wish.personId === undefined, query => query.where('b.state', '=', 'asked'))
    .orderBy('b.id', 'desc')
    .limit(50)
    .execute()
}

export const asDate = (text: string) => Temporal.PlainDate.from(text)
