import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Channel, Instant, PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { Concern, Side } from './concern.ts'
import { unwrap, unwrapForCode } from './keys.ts'
import { possibleReaders } from './readers.ts'
import { openWords } from './sealing.ts'
import type { EntryKind, ReaderAs } from './tables.ts'

/** What is shut with the row itself. */
export interface Facts {
  readonly subject: string
  /** People of the network whom it is about: they can never be chosen as readers. */
  readonly about: readonly { readonly id: number; readonly name: string }[]
  readonly wish: string
  /** The name that somebody gave who told it and has no sign-in. */
  readonly toldBy?: string
}

export interface Entry {
  readonly id: number
  readonly kind: EntryKind
  /** Undefined: whoever raised it. */
  readonly by: string | undefined
  readonly at: Instant
  readonly words: string
  readonly files: readonly { id: number; name: string }[]
}

export interface Reader {
  readonly personId: number
  readonly name: string
  readonly as: ReaderAs
  /** Still holds the post for which they were chosen. */
  readonly holds: boolean
}

export interface LoadedConcern {
  readonly id: number
  readonly ref: string
  readonly version: number
  readonly side: Side
  readonly it: Concern
  readonly facts: Facts
  readonly how: 'written' | 'told'
  readonly raisedAt: Instant
  readonly door: string
  readonly raiser: { personId: number; name: string; channel: Channel; phone: string | null } | undefined
  readonly key: Buffer
  readonly readers: readonly Reader[]
  readonly possible: readonly { personId: number; name: string; as: ReaderAs }[]
  /** Newest first, at most a page of them. */
  readonly entries: readonly Entry[]
  readonly more: boolean
  readonly looks: number
}

export const aPage = 50

/** Whose way in: the actor of `doing`, or a return code. */
export interface WayIn {
  readonly code?: { door: string; key: Buffer } | undefined
}

interface Row {
  id: number
  ref: string
  version: number
  door: string
  how: 'written' | 'told'
  raised_at: Instant
  sealed: Buffer
  state: Concern['state']
  acknowledge_by: PlainDate
  acknowledged_on: PlainDate | null
  plan_by: PlainDate
  planned_on: PlainDate | null
  support_offered_on: PlainDate | null
  support_answer: Concern['supportAnswer']
  word_by: PlainDate | null
  end_how: Concern['endHow']
  ended_on: PlainDate | null
  held_since: PlainDate | null
  reader_ids: number[]
  raiser: LoadedConcern['raiser'] | null
  keys: { holder: string; wrapped: string }[]
  readers: { personId: number; name: string; as: ReaderAs }[]
  possible: { personId: number; name: string; as: ReaderAs }[]
  entries: { id: number; kind: EntryKind; by: string | null; at: string; sealed: string }[]
  files: { id: number; entryId: number; name: string }[]
  looks: number
}

/**
 * One concern with the eyes of this transaction: the database gives the row to nobody else. Whoever does not hold the
 * post any more for which they were chosen finds nothing, as everybody else.
 */
export async function readConcern(
  doing: Doing,
  ref: string | undefined,
  way: WayIn = {},
  how: { forChange?: boolean; before?: number | undefined } = {},
): Promise<LoadedConcern | undefined> {
  if (!ref || !/^[a-z0-9]{16}$/.test(ref)) return undefined
  const { tx, actor, today } = doing
  const before = how.before ?? 2147483647
  const found = await sql<Row>`
    select c.*,
      (select jsonb_build_object('personId', p.id, 'name', p.name, 'channel', p.channel, 'phone', p.phone) from person p
        where p.network_id = c.network_id and p.id = c.raiser_person_id) as raiser,
      coalesce((select jsonb_agg(jsonb_build_object('holder', k.holder, 'wrapped', k.wrapped)) from concern_key k
        where k.network_id = c.network_id and k.concern_id = c.id), '[]') as keys,
      coalesce((select jsonb_agg(jsonb_build_object('personId', p.id, 'name', p.name, 'as', r.as_what) order by r.id)
        from concern_reader r join person p on p.network_id = r.network_id and p.id = r.person_id
        where r.network_id = c.network_id and r.concern_id = c.id and r.until_at is null), '[]') as readers,
      coalesce((select jsonb_agg(w) from (${possibleReaders(today)}) w), '[]') as possible,
      coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'kind', e.kind, 'by', e.by_name, 'at', e.at,
          'sealed', encode(e.sealed, 'base64')) order by e.id desc)
        from (select e.*, p.name as by_name from concern_entry e
          left join person p on p.network_id = e.network_id and p.id = e.by_person_id
          where e.network_id = c.network_id and e.concern_id = c.id and e.id < ${before}
          order by e.id desc limit ${aPage + 1}) e), '[]') as entries,
      coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'entryId', f.entry_id, 'name', encode(f.sealed_name, 'base64'))
          order by f.id) from concern_file f where f.network_id = c.network_id and f.concern_id = c.id), '[]') as files,
      (select count(*) from concern_look l where l.network_id = c.network_id and l.concern_id = c.id) as looks
    from concern c where c.ref = ${ref} ${how.forChange ? sql`for update of c` : sql``}`.execute(tx)
  const row = found.rows[0]
  if (!row) return undefined
  const readers = row.readers.map(each => ({
    ...each,
    holds: row.possible.some(other => other.personId === each.personId && other.as === each.as),
  }))
  const mine = actor && readers.find(each => each.personId === actor.personId)
  if (mine && !mine.holds) return undefined
  const side: Side = mine ? 'reader' : 'raiser'
  const wrapped = (holder: string) => row.keys.find(each => each.holder === holder)?.wrapped
  const ofPerson = actor && wrapped(`person:${actor.personId}`)
  const ofCode = way.code && way.code.door === row.door ? wrapped('code') : undefined
  const key =
    (ofPerson && unwrap(doing, ref, actor.personId, ofPerson)) ??
    (ofCode && way.code && unwrapForCode(way.code.key, ref, ofCode))
  if (!key) return undefined
  return {
    id: row.id,
    ref,
    version: row.version,
    side,
    it: {
      state: row.state,
      acknowledgeBy: row.acknowledge_by,
      acknowledgedOn: row.acknowledged_on,
      planBy: row.plan_by,
      plannedOn: row.planned_on,
      supportOfferedOn: row.support_offered_on,
      supportAnswer: row.support_answer,
      wordBy: row.word_by,
      endHow: row.end_how,
      endedOn: row.ended_on,
      heldSince: row.held_since,
    },
    facts: openWords<Facts>(key, row.sealed, `${ref} facts`),
    how: row.how,
    raisedAt: row.raised_at,
    door: row.door,
    raiser: row.raiser ?? undefined,
    key,
    readers,
    possible: row.possible.filter(
      (each, at) => row.possible.findIndex(other => other.personId === each.personId) === at,
    ),
    entries: row.entries.slice(0, aPage).map(each => ({
      id: each.id,
      kind: each.kind,
      by: each.by ?? undefined,
      at: Temporal.Instant.from(each.at),
      words: openWords<string>(key, Buffer.from(each.sealed, 'base64'), `${ref} entry ${each.kind}`),
      files: row.files
        .filter(file => file.entryId === each.id)
        .map(file => ({
          id: file.id,
          name: openWords<FileFacts>(key, Buffer.from(file.name, 'base64'), `${ref} file`).name,
        })),
    })),
    more: row.entries.length > aPage,
    looks: Number(row.looks),
  }
}

export interface FileFacts {
  readonly name: string
  readonly type: string
}
