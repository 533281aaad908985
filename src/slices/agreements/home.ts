import { type Expression, sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { HomePart, Visit, WeekRow } from '#platform/http/route.ts'
import { isTeam } from '#platform/permission.ts'
import { rolesOf } from './agreement.ts'
import { stillOpen } from './clockwork.ts'
import { agreementPaths } from './paths.ts'
import { agreementsOf } from './queries.ts'

/** What waits for my word; for the team, who would like to talk first. */
export function agreementsAtHome(visit: Visit): Question<HomePart>[] {
  const { actor, tx, network, today } = visit
  if (!actor) return []
  const roles = rolesOf(actor)
  if (roles.length === 0) return []
  const own = agreementsOf(tx, actor.personId, roles, today)
  return [
    {
      rows: own.rows,
      read: rows => ({
        needs: own
          .read(rows)
          .filter(each => each.standing.agreedOn === null && !each.standing.talkFirst)
          .map(each => ({
            title: each.title,
            href: agreementPaths.one(network.slug, each.slug),
            status: each.number > 1 ? 'A new version: read and agree' : 'Read and agree',
            due: each.standing.dueOn ?? each.agreeBy,
            ...(actor.withoutPapers ? { hint: 'Until then you get no papers.' } : {}),
          })),
      }),
    },
    ...(isTeam(actor) ? [wantsToTalk(visit)] : []),
  ]
}

function wantsToTalk({ tx, network }: Visit): Question<HomePart> {
  const rows = tx
    .selectFrom('agreement_answer as n')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'n.network_id').onRef('p.id', '=', 'n.person_id'),
    )
    .innerJoin('agreement_version as v', join =>
      join.onRef('v.network_id', '=', 'n.network_id').onRef('v.id', '=', 'n.version_id'),
    )
    .select(['p.id', 'p.name', 'v.title'])
    .where('n.answer', '=', 'talk-first')
    .where('p.left_on', 'is', null)
    .where(
      sql<boolean>`not exists (select from agreement_answer o where o.network_id = n.network_id
        and o.version_id = n.version_id and o.person_id = n.person_id and o.id > n.id)`,
    )
    .orderBy('n.id')
    .limit(10)
  return question(rows, found => ({
    needs: found.map(row => ({
      title: `${row.name} would like to talk about “${row.title}”`,
      href: agreementPaths.of(network.slug, row.id),
      status: 'Talk with them',
    })),
  }))
}

/** For the team's week: who has to agree by when. */
export const agreementsInWeek = ({ today }: Visit): Expression<WeekRow>[] => [
  sql<WeekRow>`select 'Agree to what is asked'::text as promise,
    ('agreement:' || v.id || ':' || a.person_id)::text as key, (v.title || ': ' || p.name)::text as title,
    ('/team/agreements/of/' || a.person_id)::text as path, a.person_id::int as person_id, a.due_on::date as due_on
    from agreement_ask a join agreement_version v on v.network_id = a.network_id and v.id = a.version_id
    join agreement g on g.network_id = v.network_id and g.id = v.agreement_id
    join person p on p.network_id = a.network_id and p.id = a.person_id
    where ${stillOpen(today)}`,
]
