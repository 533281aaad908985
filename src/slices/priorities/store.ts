import { sql } from 'kysely'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { Ranking } from './league.ts'
import type { Round } from './round.ts'
import type { CountedRound } from './tables.ts'

export interface LoadedRound extends Round {
  readonly id: number
  readonly title: string
  readonly version: number
  readonly result: CountedRound | null
  readonly motionNumber: number | null
  readonly ideas: readonly Idea[]
  readonly ranked: number
}
export interface Idea {
  readonly id: number
  readonly title: string
  readonly why: string
  readonly byId: number | null
  readonly by: string | null
  readonly recordedBy: string | null
  readonly withdrawn: boolean
  readonly prioritySlug: string | null
  readonly talk: readonly {
    readonly id: number
    readonly words: string
    readonly by: string | null
    readonly at: string
    readonly downBecause: string
  }[]
}

/** For a route's `load`: by its id, held for the change when one is made. */
export async function loadRound(
  { tx }: Pick<Doing, 'tx'>,
  given: string | number | undefined,
  how: { forChange: boolean },
): Promise<LoadedRound | undefined> {
  if (!/^\d{1,9}$/.test(String(given ?? ''))) return undefined
  const id = Number(given)
  if (how.forChange)
    await tx.selectFrom('priority_round').select('id').where('id', '=', id).forUpdate().execute()
  const found = await tx
    .selectFrom('priority_round as r')
    .leftJoin('motion as m', join =>
      join.onRef('m.network_id', '=', 'r.network_id').onRef('m.id', '=', 'r.motion_id'),
    )
    .selectAll('r')
    .select([
      'm.number as motion_number',
      sql<number>`(select count(*)::integer from priority_ranking k where k.network_id = r.network_id
        and k.round_id = r.id)`.as('ranked'),
      sql<Idea[]>`coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'title', i.title, 'why', i.why,
          'byId', i.proposed_by_person_id, 'by', p.name, 'recordedBy', w.name, 'withdrawn', i.withdrawn_at is not null,
          'prioritySlug', y.slug, 'talk', coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'words',
            case when t.taken_down_because = '' then t.words else '' end, 'by', s.name, 'at', t.at,
            'downBecause', t.taken_down_because) order by t.id)
            from priority_talk t left join person s on s.network_id = t.network_id and s.id = t.person_id
            where t.network_id = i.network_id and t.idea_id = i.id), '[]')) order by i.id)
        from priority_idea i left join person p on p.network_id = i.network_id and p.id = i.proposed_by_person_id
          left join person w on w.network_id = i.network_id and w.id = i.recorded_by_person_id
          left join priority y on y.network_id = i.network_id and y.id = i.priority_id
        where i.network_id = r.network_id and i.round_id = r.id), '[]')`.as('ideas'),
    ])
    .where('r.id', '=', id)
    .executeTakeFirst()
  if (!found) return undefined
  return {
    id: found.id,
    title: found.title,
    version: found.version,
    proposeUntil: found.propose_until,
    rankUntil: found.rank_until,
    isCounted: found.counted_at !== null,
    isAdopted: found.adopted_at !== null,
    result: found.result as CountedRound | null,
    motionNumber: found.motion_number,
    ideas: found.ideas,
    ideaIds: found.ideas.filter(each => !each.withdrawn).map(each => each.id),
    ranked: found.ranked,
  }
}

export async function rankingOf(
  { tx }: Pick<Doing, 'tx'>,
  roundId: number,
  personId: number,
): Promise<Ranking | undefined> {
  const row = await tx
    .selectFrom('priority_ranking')
    .select('places')
    .where('round_id', '=', roundId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row?.places as Ranking | undefined
}

export interface PublicPriority {
  readonly id: number
  readonly slug: string
  readonly title: string
  readonly about: string
  readonly why: string
  readonly adopted_on: PlainDate | null
  readonly ended_on: PlainDate | null
  readonly motion_number: number | null
  readonly published: number
  readonly views: readonly { readonly number: number; readonly title: string; readonly did: string }[]
  readonly projects: readonly {
    readonly slug: string
    readonly title: string
    readonly about: string
    readonly stage: string
    readonly changes: readonly string[]
  }[]
}

/** Priorities with what volunteers said about them, their projects and what changed: only what is public. */
export async function publicPriorities({ tx }: Pick<Doing, 'tx'>, slug?: string): Promise<PublicPriority[]> {
  const found = await sql<PublicPriority>`
    select p.id, p.slug, p.title, p.about, p.why, p.adopted_on, p.ended_on, m.number as motion_number,
      (select count(*)::integer from contribution c where c.network_id = p.network_id and c.priority_id = p.id
        and c.published_at is not null) as published,
      coalesce((select jsonb_agg(v) from (select u.number, u.title, u.we_did as did from publication u
          join contribution c on c.network_id = u.network_id and c.id = u.contribution_id
        where u.network_id = p.network_id and c.priority_id = p.id and u.state = 'published'
        order by u.id desc limit 10) v), '[]') as views,
      coalesce((select jsonb_agg(jsonb_build_object('slug', j.slug, 'title', j.title, 'about', j.about,
          'stage', j.stage, 'changes', coalesce((select jsonb_agg(n.words order by n.id) from project_note n
            where n.network_id = j.network_id and n.project_id = j.id and n.kind = 'change'), '[]')) order by j.title)
        from project j where j.network_id = p.network_id and j.priority_id = p.id), '[]') as projects
    from priority p left join motion m on m.network_id = p.network_id and m.id = p.motion_id
    where ${slug === undefined ? sql`p.ended_on is null` : sql`p.slug = ${slug}`}
    order by p.id limit 100`.execute(tx)
  return found.rows
}
