import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Instant, PlainDate, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { Actor } from '#platform/permission.ts'
import type { Space } from './access.ts'
import './tables.ts'

export const pageSize = 25

const isId = (given: unknown) => /^\d{1,9}$/.test(String(given))

export async function loadSpace(
  tx: Tx,
  given: string | number | undefined,
  how: { forChange: boolean } = { forChange: false },
): Promise<Space | undefined> {
  if (!isId(given)) return undefined
  if (how.forChange)
    await tx.selectFrom('own_space').select('id').where('id', '=', Number(given)).forUpdate().execute()
  return await tx
    .selectFrom('own_space as s')
    .leftJoin('person as p', join =>
      join.onRef('p.network_id', '=', 's.network_id').onRef('p.id', '=', 's.moderator_person_id'),
    )
    .select(['s.id as spaceId', 's.group_id as groupId', 's.name', 's.rules', 's.version'])
    .select(['s.moderator_person_id as moderatorId', 'p.name as moderatorName'])
    .where('s.id', '=', Number(given))
    .executeTakeFirst()
}

export interface Enterable {
  readonly space_id: number | null
  readonly group_id: number | null
  readonly name: string
  readonly moderator: string | null
}

/** The space of all volunteers and those of my groups, opened or not. */
export async function spacesOf(tx: Tx, actor: Actor): Promise<Enterable[]> {
  const groups = actor.memberships.filter(each => each.role === 'volunteer').map(each => each.groupId)
  const found = await sql<Enterable>`
    select s.id as space_id, w.group_id, coalesce(s.name, w.name) as name, p.name as moderator
    from (select null::integer as group_id, 'All volunteers' as name, 0 as place
          union all select g.id, 'Volunteers of ' || g.name, 1 from network_group g
            where g.id = any(${groups}::integer[])) w
      left join own_space s on s.group_id is not distinct from w.group_id
      left join person p on p.network_id = s.network_id and p.id = s.moderator_person_id
    order by w.place, w.name`.execute(tx)
  return found.rows
}

export interface ListedTopic {
  readonly id: number
  readonly title: string
  readonly last_at: Instant
  readonly posts: number
}

export async function topicsOf(tx: Tx, spaceId: number, before: number | undefined): Promise<ListedTopic[]> {
  return await tx
    .selectFrom('own_space_topic as t')
    .select(['t.id', 't.title', 't.last_at'])
    .select(
      sql<number>`(select count(*)::integer from own_space_post p where p.network_id = t.network_id and p.topic_id = t.id)`.as(
        'posts',
      ),
    )
    .where('t.space_id', '=', spaceId)
    .$if(before !== undefined, query =>
      query.where(
        sql<boolean>`(t.last_at, t.id) < (select b.last_at, b.id from own_space_topic b
          where b.network_id = t.network_id and b.id = ${before!})`,
      ),
    )
    .orderBy('t.last_at', 'desc')
    .orderBy('t.id', 'desc')
    .limit(pageSize + 1)
    .execute()
}

export interface Post {
  readonly id: number
  readonly authorId: number | null
  readonly author: string | null
  readonly forName: string | null
  readonly words: string
  readonly at: Instant
  readonly hiddenBecause: string | null
  readonly reported: boolean
}

export interface Topic extends Space {
  readonly topicId: number
  readonly title: string
  readonly posts: readonly Post[]
  readonly more: boolean
}

/** A topic with its posts, oldest first; `after` is the last post of the page before. */
export async function loadTopic(
  tx: Tx,
  space: Space,
  given: string | undefined,
  after: number,
): Promise<Topic | undefined> {
  if (!isId(given)) return undefined
  const topic = await tx
    .selectFrom('own_space_topic as t')
    .select(['t.id', 't.title'])
    .select(
      sql<(Omit<Post, 'at'> & { at: string })[]>`coalesce((select jsonb_agg(to_jsonb(x) order by x.id) from (
        select p.id, p.by_person_id as "authorId", a.name as author, f.name as "forName", p.words, p.at,
          case when p.hidden_at is null then null else p.hidden_because end as "hiddenBecause",
          exists (select from own_space_report r where r.network_id = p.network_id and r.post_id = p.id
            and r.decided_at is null) as reported
        from own_space_post p
          left join person a on a.network_id = p.network_id and a.id = p.by_person_id
          left join person f on f.network_id = p.network_id and f.id = p.for_person_id
        where p.network_id = t.network_id and p.topic_id = t.id and p.id > ${after}
        order by p.id limit ${pageSize + 1}) x), '[]')`.as('posts'),
    )
    .where('t.id', '=', Number(given))
    .where('t.space_id', '=', space.spaceId)
    .executeTakeFirst()
  return (
    topic && {
      ...space,
      topicId: topic.id,
      title: topic.title,
      posts: topic.posts.slice(0, pageSize).map(each => ({ ...each, at: Temporal.Instant.from(each.at) })),
      more: topic.posts.length > pageSize,
    }
  )
}

export interface OnePost extends Space {
  readonly postId: number
  readonly topicId: number
  readonly authorId: number | null
  readonly author: string | null
  readonly words: string
}

export async function loadPost(
  tx: Tx,
  space: Space,
  given: string | undefined,
): Promise<OnePost | undefined> {
  if (!isId(given)) return undefined
  const post = await tx
    .selectFrom('own_space_post as p')
    .leftJoin('person as a', join =>
      join.onRef('a.network_id', '=', 'p.network_id').onRef('a.id', '=', 'p.by_person_id'),
    )
    .select([
      'p.id as postId',
      'p.topic_id as topicId',
      'p.by_person_id as authorId',
      'a.name as author',
      'p.words',
    ])
    .where('p.id', '=', Number(given))
    .where('p.space_id', '=', space.spaceId)
    .executeTakeFirst()
  return post && { ...space, ...post }
}

export interface Report extends Space {
  readonly reportId: number
  readonly postId: number
  readonly topicId: number
  readonly byId: number
  readonly authorId: number | null
  readonly author: string | null
  readonly words: string
  readonly because: string
  readonly dueOn: PlainDate
}

const reports = (tx: Tx, spaceId: number) =>
  tx
    .selectFrom('own_space_report as r')
    .innerJoin('own_space_post as p', join =>
      join.onRef('p.network_id', '=', 'r.network_id').onRef('p.id', '=', 'r.post_id'),
    )
    .leftJoin('person as a', join =>
      join.onRef('a.network_id', '=', 'p.network_id').onRef('a.id', '=', 'p.by_person_id'),
    )
    .select(['r.id as reportId', 'r.post_id as postId', 'p.topic_id as topicId', 'r.by_person_id as byId'])
    .select(['p.by_person_id as authorId', 'a.name as author', 'p.words', 'r.because', 'r.due_on as dueOn'])
    .where('r.space_id', '=', spaceId)
    .where('r.decided_at', 'is', null)

export async function openReports(tx: Tx, space: Space, after: number): Promise<Report[]> {
  const found = await reports(tx, space.spaceId)
    .where('r.id', '>', after)
    .orderBy('r.id')
    .limit(pageSize + 1)
    .execute()
  return found.map(each => ({ ...space, ...each }))
}

export async function loadReport(
  tx: Tx,
  space: Space,
  given: string | undefined,
): Promise<Report | undefined> {
  if (!isId(given)) return undefined
  const found = await reports(tx, space.spaceId).where('r.id', '=', Number(given)).executeTakeFirst()
  return found && { ...space, ...found }
}

/** Who is in a space today: the condition of the database’s own rule, for lists of people. */
export async function peopleOf(
  doing: Pick<Doing, 'tx' | 'today'>,
  groupId: number | null,
  limit = 500,
): Promise<{ id: number; name: string }[]> {
  const found = await sql<{ id: number; name: string }>`
    select p.id, p.name from person p where p.left_on is null
      and exists (select from membership m where m.network_id = p.network_id and m.person_id = p.id
        and m.role = 'volunteer' and (${groupId}::integer is null or m.group_id = ${groupId}::integer)
        and m.from_on <= ${doing.today} and (m.to_on is null or m.to_on >= ${doing.today}))
      and not exists (select from membership m where m.network_id = p.network_id and m.person_id = p.id
        and m.role <> 'volunteer' and m.from_on <= ${doing.today} and (m.to_on is null or m.to_on >= ${doing.today}))
      and not exists (select from post_holding h where h.network_id = p.network_id and h.person_id = p.id
        and h.from_on <= ${doing.today} and (h.to_on is null or h.to_on >= ${doing.today}))
      and not exists (select from trust_contact t where t.network_id = p.network_id and t.person_id = p.id
        and t.from_on <= ${doing.today} and (t.to_on is null or t.to_on >= ${doing.today}))
    order by p.name, p.id limit ${limit}`.execute(doing.tx)
  return found.rows
}
