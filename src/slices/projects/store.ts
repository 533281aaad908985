import { sql } from 'kysely'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { type Actor, isTeam, personRule, type Rule } from '#platform/permission.ts'
import type { Project } from './project.ts'
import type { Kind, Stage } from './tables.ts'

export interface LoadedProject extends Project {
  readonly id: number
  readonly slug: string
  readonly title: string
  readonly about: string
  readonly version: number
  readonly stageSince: PlainDate | null
  readonly priorityId: number | null
  readonly priorityTitle: string | null
  readonly prioritySlug: string | null
  readonly leadId: number | null
  readonly leadName: string | null
  readonly people: readonly InIt[]
  readonly stages: readonly Began[]
  readonly notes: readonly Note[]
  /** How many views are about it, and how many of them are public. */
  readonly views: number
  readonly published: number
}
export interface InIt {
  readonly id: number
  readonly personId: number | null
  readonly name: string | null
  readonly kind: Kind
  readonly since: Stage
  readonly from: string
  readonly to: string | null
}
export interface Began {
  readonly stage: Stage | 'ended'
  readonly on: string
  readonly missing: readonly Kind[]
  readonly because: string
  readonly by: string
}
export interface Note {
  readonly id: number
  readonly kind: 'decision' | 'change'
  readonly stage: Stage | 'ended'
  readonly words: string
  readonly sharedWith: readonly Kind[]
  readonly on: string
  readonly by: string
}

/** For a route's `load`: by its short name, held for the change when one is made. */
export async function loadProject(
  { tx }: Pick<Doing, 'tx'>,
  slug: string | undefined,
  how: { forChange: boolean },
): Promise<LoadedProject | undefined> {
  if (!slug) return undefined
  if (how.forChange)
    await tx.selectFrom('project').select('id').where('slug', '=', slug).forUpdate().execute()
  const found = await tx
    .selectFrom('project as j')
    .leftJoin('priority as y', join =>
      join.onRef('y.network_id', '=', 'j.network_id').onRef('y.id', '=', 'j.priority_id'),
    )
    .leftJoin('person as l', join =>
      join.onRef('l.network_id', '=', 'j.network_id').onRef('l.id', '=', 'j.lead_person_id'),
    )
    .select([
      'j.id',
      'j.slug',
      'j.title',
      'j.about',
      'j.version',
      'j.stage',
      'j.stage_since',
      'j.priority_id',
      'j.lead_person_id',
      'y.title as priority_title',
      'y.slug as priority_slug',
      'l.name as lead_name',
      sql<
        InIt[]
      >`coalesce((select jsonb_agg(jsonb_build_object('id', q.id, 'personId', q.person_id, 'name', p.name,
          'kind', q.kind, 'since', q.since_stage, 'from', q.from_on, 'to', q.to_on) order by q.id)
        from project_person q left join person p on p.network_id = q.network_id and p.id = q.person_id
        where q.network_id = j.network_id and q.project_id = j.id), '[]')`.as('people'),
      sql<Began[]>`coalesce((select jsonb_agg(jsonb_build_object('stage', s.stage, 'on', s.began_on,
          'missing', s.missing, 'because', s.because, 'by', p.name) order by s.id)
        from project_stage s join person p on p.network_id = s.network_id and p.id = s.by_person_id
        where s.network_id = j.network_id and s.project_id = j.id), '[]')`.as('stages'),
      sql<Note[]>`coalesce((select jsonb_agg(jsonb_build_object('id', n.id, 'kind', n.kind, 'stage', n.stage,
          'words', n.words, 'sharedWith', n.shared_with, 'on', n.on_date, 'by', p.name) order by n.id)
        from project_note n join person p on p.network_id = n.network_id and p.id = n.by_person_id
        where n.network_id = j.network_id and n.project_id = j.id), '[]')`.as('notes'),
      sql<number>`(select count(*)::integer from contribution c where c.network_id = j.network_id
        and c.project_id = j.id)`.as('views'),
      sql<number>`(select count(*)::integer from contribution c where c.network_id = j.network_id
        and c.project_id = j.id and c.published_at is not null)`.as('published'),
    ])
    .where('j.slug', '=', slug)
    .executeTakeFirst()
  if (!found) return undefined
  return {
    id: found.id,
    slug: found.slug,
    title: found.title,
    about: found.about,
    version: found.version,
    stage: found.stage,
    stageSince: found.stage_since,
    priorityId: found.priority_id,
    priorityTitle: found.priority_title,
    prioritySlug: found.priority_slug,
    leadId: found.lead_person_id,
    leadName: found.lead_name,
    people: found.people,
    stages: found.stages,
    notes: found.notes,
    views: found.views,
    published: found.published,
    present: [...new Set(found.people.filter(each => each.to === null).map(each => each.kind))],
    saysWhatChanged: found.notes.some(each => each.kind === 'change'),
  }
}

/** Who leads the project, and the team. */
export const mayLead: Rule<{ readonly leadId: number | null }> = personRule(
  'who leads the project, or the team',
  (actor, it) => leads(actor, it),
)
export const leads = (actor: Actor, it: { readonly leadId: number | null }): boolean =>
  isTeam(actor) || it.leadId === actor.personId
