import { type SqlBool, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { type AsJson, type Question, question } from '#platform/database/questions.ts'
import type { Instant, PlainDate, Row, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { HistoryEntry } from '#platform/history.ts'
import type { Wish } from './wish.ts'
import { spellings, type Word } from './word.ts'

export interface LoadedWish {
  readonly id: number
  readonly version: number
  readonly it: Wish
  readonly row: Row<'learning_wish'>
  readonly personId: number
  readonly personName: string
  readonly answeredBy: string | null
  readonly recordedBy: string | null
  readonly session: { readonly id: number; readonly title: string; readonly startsAt: Instant } | null
  readonly shared: boolean
  readonly history: readonly AsJson<HistoryEntry>[]
}

const nameOf = (column: string) =>
  sql<
    string | null
  >`(select p.name from person p where p.network_id = x.network_id and p.id = ${sql.ref(`x.${column}`)})`

export async function loadWish(
  { tx }: Pick<Doing, 'tx'>,
  given: string | number | undefined,
  how: { forChange: boolean },
): Promise<LoadedWish | undefined> {
  const id = typeof given === 'number' ? given : /^\d{1,9}$/.test(given ?? '') ? Number(given) : -1
  const found = await tx
    .selectFrom('learning_wish as x')
    .selectAll('x')
    .select([
      nameOf('person_id').as('person_name'),
      nameOf('answered_by_person_id').as('answered_by'),
      nameOf('recorded_by_person_id').as('recorded_by'),
      sql<{ id: number; title: string; startsAt: string } | null>`(select jsonb_build_object('id', s.id,
          'title', s.title, 'startsAt', s.starts_at) from learning_session s
        where s.network_id = x.network_id and s.id = x.session_id)`.as('session'),
      sql<AsJson<HistoryEntry>[]>`coalesce((select jsonb_agg(h order by h.id) from history h
        where h.network_id = x.network_id and h.thing_kind = 'learning-wish' and h.thing_id = x.id), '[]')`.as(
        'story',
      ),
    ])
    .where('x.id', '=', id)
    .$if(how.forChange, query => query.forUpdate('x'))
    .executeTakeFirst()
  if (!found) return undefined
  const { person_name, answered_by, recorded_by, session, story, ...row } = found
  return {
    id: row.id,
    version: row.version,
    it: { state: row.state, dueOn: row.due_on },
    row,
    personId: row.person_id,
    personName: person_name ?? '',
    answeredBy: answered_by,
    recordedBy: recorded_by,
    session: session && { ...session, startsAt: Temporal.Instant.from(session.startsAt) },
    shared: row.state === 'answered' && row.asker_shares && row.team_shares,
    history: story,
  }
}

export interface WishLine {
  readonly id: number
  readonly words: string
  readonly title: string
  readonly name: string
  readonly state: Wish['state']
  readonly dueOn: PlainDate
}

type Narrow =
  | { readonly of: number }
  | { readonly team: 'open' | 'late' | 'all' }
  | { readonly library: string }

/** Wishes, newest first; of the library also by words. `before` is the last id of the page before. */
export function wishesOf(
  narrow: Narrow,
  wish: { today: PlainDate; before?: number | undefined; most: number },
): Question<WishLine[]> {
  const which =
    'of' in narrow
      ? sql<SqlBool>`x.person_id = ${narrow.of}`
      : 'team' in narrow
        ? narrow.team === 'all'
          ? sql<SqlBool>`true`
          : narrow.team === 'late'
            ? sql<SqlBool>`x.state = 'asked' and x.due_on < ${wish.today}`
            : sql<SqlBool>`x.state = 'asked'`
        : sql<SqlBool>`x.state = 'answered' and x.asker_shares and x.team_shares
            and (${narrow.library} = '' or x.search @@ websearch_to_tsquery('english', ${narrow.library}))`
  return question(
    sql<{ id: number; words: string; title: string; name: string; state: Wish['state']; due_on: PlainDate }>`
      select x.id, x.words, x.title, p.name, x.state, x.due_on from learning_wish x
      join person p on p.network_id = x.network_id and p.id = x.person_id
      where ${which} and (${wish.before ?? null}::integer is null or x.id < ${wish.before ?? null})
      order by x.id desc limit ${wish.most}`,
    rows => rows.map(({ due_on, ...row }) => ({ ...row, dueOn: Temporal.PlainDate.from(due_on) })),
  )
}

export interface ListedWord extends Word {
  /** Of its newest meaning. */
  readonly id: number
  readonly key: string
}

/** The network's word list, by its letters; all of it, or what matches some words. */
export const wordList = (narrow: {
  readonly words?: string | undefined
  readonly after?: string | undefined
  readonly most: number
}): Question<ListedWord[]> => {
  const like = `%${(narrow.words ?? '').replace(/[\\%_]/g, '\\$&')}%`
  return question(
    sql<{ id: number; key: string; word: string; also: string; meaning: string }>`
      select id, key, word, also, meaning from (select distinct on (w.key) w.id, w.key, w.word, w.also, w.meaning, w.taken_out
        from word_meaning w order by w.key, w.id desc) w
      where not taken_out and (${narrow.words ?? ''} = '' or word ilike ${like} or also ilike ${like} or meaning ilike ${like})
        and key > ${narrow.after ?? ''}
      order by key limit ${narrow.most}`,
    rows => rows.map(row => ({ ...row, also: spellings(row.also) })),
  )
}

export interface WordWishLine {
  readonly id: number
  readonly word: string
  readonly whereSeen: string
  readonly dueOn: PlainDate
  readonly name: string | null
}

export const openWordWishes = (most = 50): Question<WordWishLine[]> =>
  question(
    sql<{ id: number; word: string; where_seen: string; due_on: PlainDate; name: string | null }>`
      select x.id, x.word, x.where_seen, x.due_on, p.name from word_wish x
      left join person p on p.network_id = x.network_id and p.id = x.person_id
      where x.state = 'asked' order by x.due_on, x.id limit ${most}`,
    rows =>
      rows.map(({ due_on, where_seen, ...row }) => ({
        ...row,
        whereSeen: where_seen,
        dueOn: Temporal.PlainDate.from(due_on),
      })),
  )

export async function loadWordWish(
  { tx }: Pick<Doing, 'tx'>,
  given: string | undefined,
  how: { forChange: boolean },
): Promise<Row<'word_wish'> | undefined> {
  const id = /^\d{1,9}$/.test(given ?? '') ? Number(given) : -1
  return await tx
    .selectFrom('word_wish')
    .selectAll()
    .where('id', '=', id)
    .$if(how.forChange, query => query.forUpdate())
    .executeTakeFirst()
}

export interface LoadedWord {
  readonly row: Row<'word_meaning'>
  /** A newer meaning stands beside it. */
  readonly version: number
  readonly meanings: readonly {
    id: number
    meaning: string
    at: string
    by: string | null
    taken_out: boolean
  }[]
}

/** A word by any of its meanings, with all of them, newest first. */
export async function loadWord(tx: Tx, given: string | undefined): Promise<LoadedWord | undefined> {
  const id = /^\d{1,9}$/.test(given ?? '') ? Number(given) : -1
  const found = await tx
    .selectFrom('word_meaning as w')
    .innerJoin('word_meaning as newest', join =>
      join
        .onRef('newest.network_id', '=', 'w.network_id')
        .onRef('newest.key', '=', 'w.key')
        .on(
          sql<SqlBool>`newest.id = (select max(o.id) from word_meaning o where o.network_id = w.network_id and o.key = w.key)`,
        ),
    )
    .selectAll('newest')
    .select(
      sql<
        LoadedWord['meanings']
      >`(select jsonb_agg(jsonb_build_object('id', o.id, 'meaning', o.meaning, 'at', o.at,
          'taken_out', o.taken_out, 'by', (select p.name from person p where p.network_id = o.network_id
          and p.id = o.by_person_id)) order by o.id desc) from word_meaning o
        where o.network_id = w.network_id and o.key = w.key)`.as('meanings'),
    )
    .where('w.id', '=', id)
    .executeTakeFirst()
  if (!found) return undefined
  const { meanings, ...row } = found
  return { row, version: row.id, meanings }
}
