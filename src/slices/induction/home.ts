import { type Expression, sql } from 'kysely'
import { momentInWords } from '#kernel/calendar/words.ts'
import { type Question as Asked, question } from '#platform/database/questions.ts'
import type { HomePart, Visit, WeekRow } from '#platform/http/route.ts'
import { isTeam } from '#platform/permission.ts'
import { rolesOf } from '#slices/agreements/index.ts'
import { unfinished } from './clockwork.ts'
import { missingForVote, moduleState } from './module.ts'
import { inductionPaths } from './paths.ts'
import { modulesOf, planOf, sessionsOf } from './queries.ts'

/**
 * What is left of my induction while I have a plan, and why I do not vote yet; sessions where I have a place. For the
 * team: what waits for its signature.
 */
export function inductionAtHome(visit: Visit): Asked<HomePart>[] {
  const { actor, tx, network, today } = visit
  if (!actor) return []
  const roles = rolesOf(actor)
  const { slug } = network
  const modules = modulesOf(tx, actor.personId, today)
  const plan = planOf(actor.personId)
  const places = sessionsOf(actor.personId, { from: visit.now, most: 20 })
  return [
    {
      rows: sql`select (select json_agg(r) from (${modules.rows}) r) as modules,
        (select json_agg(r) from (${plan.rows}) r) as plan`,
      read(rows) {
        const [row] = rows as readonly { modules: unknown[] | null; plan: unknown[] | null }[]
        const own = modules
          .read(row?.modules ?? [])
          .filter(each => each.roles.some(role => roles.includes(role)))
        const due = plan.read(row?.plan ?? [])?.dueOn ?? null
        const voting = actor.memberships.filter(each => each.voting)
        const first = new Set(voting.flatMap(each => missingForVote(own, each.role, today)))
        const open = own.filter(
          each =>
            each.progress.personOn === null && (due !== null || first.has(each) || each.progress.teamOn),
        )
        const waits = own.filter(each => moduleState(each.progress) === 'waits-for-team')
        return {
          needs: open.map(each => ({
            title: each.title,
            href: inductionPaths.module(slug, each.slug),
            status: each.progress.teamOn ? 'Was it clear? Please sign' : 'Part of your induction',
            ...(first.has(each) ? { hint: 'You can vote after you have finished this.' } : {}),
            due,
          })),
          waiting: waits.map(each => ({
            title: each.title,
            href: inductionPaths.module(slug, each.slug),
            status: 'The team signs next',
            ...(first.has(each) ? { hint: 'You can vote after that.' } : {}),
          })),
        }
      },
    },
    {
      rows: places.rows,
      read: rows => ({
        coming: places
          .read(rows)
          .filter(each => each.mine)
          .map(each => ({
            title: each.title,
            href: inductionPaths.session(slug, each.id),
            status: 'You have a place',
            hint: `${momentInWords(each.startsAt)}, ${each.place}`,
            due: each.startsAt.toZonedDateTimeISO('Europe/London').toPlainDate(),
          })),
      }),
    },
    ...(isTeam(actor) ? [toSign(visit)] : []),
  ]
}

function toSign({ network }: Visit): Asked<HomePart> {
  return question(
    sql<{ id: number; name: string; count: number }>`select p.id, p.name, count(*)::int as count
      from induction_progress d join person p on p.network_id = d.network_id and p.id = d.person_id
      where d.person_on is not null and d.team_on is null and p.left_on is null
      group by p.id, p.name order by min(d.person_on), p.id limit 10`,
    rows => ({
      needs: rows.map(each => ({
        title: `${each.name} has done ${each.count === 1 ? 'a part' : `${each.count} parts`} of the induction`,
        href: inductionPaths.person(network.slug, each.id),
        status: 'Speak with them and sign',
      })),
    }),
  )
}

/** For the team's week: who finishes their induction by when. */
export const inductionInWeek = ({ today }: Visit): Expression<WeekRow>[] => [
  sql<WeekRow>`select 'Finish the induction'::text as promise, ('induction:' || w.person_id)::text as key,
    ('Induction of ' || w.name)::text as title, ('/team/induction/people/' || w.person_id)::text as path,
    w.person_id::int as person_id, w.due_on::date as due_on from (${unfinished(today)}) w where w.left > 0`,
]
