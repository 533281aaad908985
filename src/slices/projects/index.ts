import { sql } from 'kysely'
import { shorten } from '#kernel/text/graphemes.ts'
import { question } from '#platform/database/questions.ts'
import type { Held, Leaving, Slice } from '#platform/http/route.ts'
import { anInsider, theTeam } from '#platform/permission.ts'
import { pageRoutes } from './pages.tsx'
import { projectPaths } from './paths.ts'
import { kindWords, stageWords } from './project.ts'
import { stepRoutes } from './steps.tsx'
import type { Kind, Stage } from './tables.ts'

export {
  beginProject,
  beginProjectStage,
  bringIn,
  changeProject,
  freeSlug,
  slugOf,
  writeNote,
} from './changes.ts'
export { projectPaths, stageWords }

/** What somebody's leaving means: the place stays, the name goes; a project that they led is the team's. */
export const leavingProjects: Leaving = {
  says: personId =>
    question(
      sql<{ parts: number; led: number }>`select
          (select count(*) from project_person where person_id = ${personId})::integer as parts,
          (select count(*) from project where lead_person_id = ${personId} and stage <> 'ended')::integer as led`,
      ([row]) => ({
        ...(row?.parts ? { goes: ['Your name in projects; that somebody took part stays'] } : {}),
        ...(row?.led
          ? { handedOver: [row.led === 1 ? '1 project that you lead' : `${row.led} projects that you lead`] }
          : {}),
      }),
    ),
  async leave(doing, personId) {
    await doing.tx
      .updateTable('project_person')
      .set({ person_id: null, to_on: sql`coalesce(to_on, ${doing.today})` as never })
      .where('person_id', '=', personId)
      .execute()
    await doing.tx
      .updateTable('project')
      .set({ lead_person_id: null })
      .where('lead_person_id', '=', personId)
      .execute()
  },
}

export const projectsHeld = (personId: number) => [
  question(
    sql<{ title: string; kind: Kind; since_stage: Stage; from_on: string; to_on: string | null }>`
      select j.title, q.kind, q.since_stage, q.from_on, q.to_on
      from project_person q join project j on j.network_id = q.network_id and j.id = q.project_id
      where q.person_id = ${personId} order by q.id`,
    (rows): Held => ({
      title: 'Projects',
      rows: rows.map(row => ({
        Project: row.title,
        As: kindWords[row.kind],
        'Since stage': stageWords[row.since_stage],
        From: row.from_on,
        To: row.to_on,
      })),
    }),
  ),
]

/** From the start to the end, with patients, clinicians and managers in each stage. */
export const projects: Slice = {
  name: 'projects',
  routes: [...pageRoutes, ...stepRoutes],
  doors: [
    {
      in: 'home',
      text: 'Projects',
      hint: 'What we do together, from the idea to what changed.',
      path: projectPaths.list,
      who: anInsider,
      order: 60,
    },
    {
      in: 'team',
      under: 'Groups and meetings',
      text: 'Projects',
      hint: 'Who takes part since which stage, and what changed.',
      path: projectPaths.list,
      who: theTeam,
      order: 60,
    },
  ],
  home: (visit, since) =>
    visit.actor && since
      ? [
          question(
            sql<{ slug: string; title: string; kind: string; words: string }>`
              select j.slug, j.title, n.kind, n.words from project_note n
                join project j on j.network_id = n.network_id and j.id = n.project_id
              where n.at > ${since} and n.by_person_id <> ${visit.actor.personId}
                and exists (select from project_person q where q.network_id = j.network_id and q.project_id = j.id
                  and q.person_id = ${visit.actor.personId} and q.to_on is null)
              order by n.id desc limit 5`,
            rows => ({
              moved: rows.map(row => ({
                title: row.title,
                href: projectPaths.one(visit.network.slug, row.slug),
                status: row.kind === 'decision' ? 'A decision' : 'Something changed',
                hint: shorten(row.words, 120),
              })),
            }),
          ),
        ]
      : [],
  search: (visit, words) => {
    if (words === '' || !anInsider.holds(visit.actor, undefined)) return undefined
    const query = sql`websearch_to_tsquery('english', ${words})`
    return question(
      sql<{ slug: string; title: string; about: string; rank: number }>`
        select j.slug, j.title, j.about, least(0.95, ts_rank(j.search, ${query}) * 4 + 0.3) as rank from project j
        where j.search @@ ${query} order by rank desc, j.id desc limit 5`,
      rows =>
        rows.map(row => ({
          kind: 'Project',
          title: row.title,
          href: projectPaths.one(visit.network.slug, row.slug),
          why: 'The words match',
          piece: shorten(row.about, 200),
          rank: Number(row.rank),
        })),
    )
  },
  held: projectsHeld,
  leaving: leavingProjects,
}
