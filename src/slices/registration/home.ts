import type { HomePart, Visit } from '#platform/http/route.ts'
import { isTeam } from '#platform/permission.ts'
import { dueOf } from './application.ts'
import { inApplicantsWords } from './follow.tsx'
import { registrationPaths as paths } from './paths.ts'
import { listApplications } from './queries.ts'
import { loadApplication } from './store.ts'
import { teamsWords } from './team-list.tsx'

/** For the team, the applications that wait; for an applicant, where their own is. */
export async function registrationHome(visit: Visit): Promise<HomePart> {
  const { actor, network, tx } = visit
  if (!actor) return {}
  if (isTeam(actor)) {
    const waiting = await listApplications(tx, 'waiting', undefined)
    return {
      needs: waiting.slice(0, 10).map(each => ({
        title: `Application ${each.number}: ${each.name}`,
        href: paths.one(network.slug, each.number),
        status: teamsWords[each.state],
        due: each.due,
      })),
    }
  }
  if (actor.memberships.length > 0 || actor.trustIds.length > 0 || actor.posts.length > 0) return {}
  const own = await loadApplication(tx, { personId: actor.personId }, { forChange: false })
  if (!own) return {}
  const { status, next } = inApplicantsWords(own.it)
  return {
    waiting: [
      {
        title: `Your application ${own.number}`,
        href: paths.mine(network.slug),
        status,
        hint: next,
        due: dueOf(own.it),
      },
    ],
  }
}
