import { type SqlBool, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { askTogether, type Question, question } from '#platform/database/questions.ts'
import type { Instant, PlainDate, Tx } from '#platform/database/tables.ts'
import type { Actor } from '#platform/permission.ts'
import { translationsQuestion } from '#slices/translations/index.ts'
import { readable } from './access.ts'
import type { State } from './chair-request.ts'
import type { LoadedRequest } from './store.ts'
import type { RequestKind } from './tables.ts'

export const pageSize = 25

export interface ListWish {
  readonly show: 'open' | 'late' | 'over' | 'mine'
  readonly groupId: number | undefined
  readonly before: number | undefined
  readonly after: number | undefined
}

export interface ListedRequest {
  readonly id: number
  readonly number: number
  readonly what: string
  readonly kind: RequestKind
  readonly state: State
  readonly waits_for: string
  readonly due_on: PlainDate | null
  readonly asker_person_id: number
  readonly asker_name: string
  readonly group_name: string
}

/** The newest first, paged by key. */
export async function listRequests(
  tx: Tx,
  actor: Actor,
  wish: ListWish,
  today: PlainDate,
  length: number = pageSize,
) {
  const backwards = wish.before !== undefined
  const from = wish.before ?? wish.after
  const found = await tx
    .selectFrom('chair_request')
    .innerJoin('person as p', join =>
      join
        .onRef('p.network_id', '=', 'chair_request.network_id')
        .onRef('p.id', '=', 'chair_request.asker_person_id'),
    )
    .innerJoin('network_group as g', join =>
      join
        .onRef('g.network_id', '=', 'chair_request.network_id')
        .onRef('g.id', '=', 'chair_request.group_id'),
    )
    .select([
      'chair_request.id',
      'chair_request.number',
      'chair_request.what',
      'chair_request.kind',
      'chair_request.state',
      'chair_request.waits_for',
      'chair_request.due_on',
      'chair_request.asker_person_id',
      'p.name as asker_name',
      'g.short_name as group_name',
    ])
    .where(eb => readable(eb, actor))
    .$if(wish.show === 'mine', query => query.where('chair_request.asker_person_id', '=', actor.personId))
    .$if(wish.show === 'over', query => query.where('chair_request.waits_for', '=', 'nobody'))
    .$if(wish.show === 'open' || wish.show === 'late', query =>
      query.where('chair_request.waits_for', '!=', 'nobody'),
    )
    .$if(wish.show === 'late', query => query.where('chair_request.due_on', '<', today))
    .$if(wish.groupId !== undefined, query => query.where('chair_request.group_id', '=', wish.groupId!))
    .$if(from !== undefined, query => query.where('chair_request.id', backwards ? '>' : '<', from!))
    .orderBy('chair_request.id', backwards ? 'asc' : 'desc')
    .limit(length + 1)
    .execute()
  const more = found.length > length
  const rows = (backwards
    ? found.slice(0, length).reverse()
    : found.slice(0, length)) as unknown as ListedRequest[]
  return {
    rows,
    before: (backwards ? more : from !== undefined) ? rows[0]?.id : undefined,
    after: backwards || more ? rows.at(-1)?.id : undefined,
  }
}

export interface GroupChoice {
  readonly id: number
  readonly slug: string
  readonly name: string
  readonly about: string
  readonly kind: string
  /** Answers in its library. */
  readonly library: number
}

/** Each group that can be asked, the SIGs first. */
export async function groupChoices(tx: Tx): Promise<GroupChoice[]> {
  return await tx
    .selectFrom('network_group as g')
    .select(['g.id', 'g.slug', 'g.name', 'g.about', 'g.kind'])
    .select(
      sql<number>`(select count(*)::integer from chair_request_answer a where a.network_id = g.network_id
        and a.group_id = g.id and a.asker_consent_at is not null and a.group_consent_at is not null)`.as(
        'library',
      ),
    )
    .orderBy(sql`case g.kind when 'sig' then 1 when 'workstream' then 2 else 3 end`)
    .orderBy('g.name')
    .limit(200)
    .execute()
}

export interface RequestStory {
  readonly id: number
  readonly event: string
  readonly by: string
  readonly at: Instant
  readonly details: Readonly<Record<string, unknown>>
}

const storyOf = (id: number): Question<RequestStory[]> =>
  question(
    sql<RequestStory>`select id, event, by_words as "by", at, details from history
      where thing_kind = 'chair-request' and thing_id = ${id} order by id`,
    rows => rows.map(row => ({ ...row, at: Temporal.Instant.from(row.at) })),
  )

/** What happened to it, and the translations of what was said, in one statement. */
export async function storyAndTranslations(tx: Tx, { id }: LoadedRequest) {
  const [story, translations] = await askTogether(tx, [
    storyOf(id),
    translationsQuestion({ kind: 'chair-request', id }),
  ])
  return { story, translations }
}

export interface LibraryEntry {
  readonly id: number
  readonly number: number
  readonly kind: RequestKind
  readonly what: string
  readonly words: string
  readonly at: Instant
  readonly files: readonly { readonly id: number; readonly name: string; readonly bytes: number }[]
}

/** What both sides let in: question and answer, and nobody's name. */
export async function libraryOf(
  tx: Tx,
  groupId: number,
  wish: { id?: number | undefined; after?: number | undefined } = {},
): Promise<{ entries: LibraryEntry[]; after: number | undefined }> {
  const found = await tx
    .selectFrom('chair_request_answer as a')
    .innerJoin('chair_request as r', join =>
      join.onRef('r.network_id', '=', 'a.network_id').onRef('r.id', '=', 'a.request_id'),
    )
    .select(['a.id', 'r.number', 'r.kind', 'r.what', 'a.words', 'a.at'])
    .select(
      sql<LibraryEntry['files']>`coalesce((
        select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'bytes', f.bytes) order by f.id)
        from stored_file f where f.network_id = a.network_id and f.thing_kind = 'chair-request-answer'
          and f.thing_id = a.id), '[]')`.as('files'),
    )
    .where('a.group_id', '=', groupId)
    .where(sql<SqlBool>`a.asker_consent_at is not null and a.group_consent_at is not null`)
    .$if(wish.id !== undefined, query => query.where('a.id', '=', wish.id!))
    .$if(wish.after !== undefined, query => query.where('a.id', '<', wish.after!))
    .orderBy('a.id', 'desc')
    .limit(pageSize + 1)
    .execute()
  const entries = found.slice(0, pageSize)
  return { entries, after: found.length > pageSize ? entries.at(-1)?.id : undefined }
}

export async function answerFile(tx: Tx, answerIds: readonly number[], given: string | undefined) {
  if (!/^\d{1,9}$/.test(given ?? '') || answerIds.length === 0) return undefined
  return await tx
    .selectFrom('stored_file')
    .selectAll()
    .where('id', '=', Number(given))
    .where('thing_kind', '=', 'chair-request-answer')
    .where('thing_id', 'in', [...answerIds])
    .executeTakeFirst()
}
