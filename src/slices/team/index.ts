import type { HomePart, Slice, Visit } from '#platform/http/route.ts'
import { isTeam, theTeam } from '#platform/permission.ts'
import './tables.ts'
import { byHandRoutes } from './by-hand.tsx'
import { frontRoutes, jobs } from './front.tsx'
import { messageRoutes } from './messages.tsx'
import { teamPaths } from './paths.ts'
import { peopleRoutes, searchPeople } from './people-list.tsx'
import { personRoutes } from './person.tsx'
import { personContactRoutes } from './person-contact.tsx'
import { personPlaceRoutes } from './person-places.tsx'
import { teamCounts } from './queries.ts'
import { settingsRoutes } from './settings.tsx'

/** For the team: calls, letters and what failed. Applications and views are told of by their own rooms. */
async function home(visit: Visit): Promise<HomePart> {
  if (!visit.actor || !isTeam(visit.actor)) return {}
  const { slug } = visit.network
  const counts = await teamCounts(visit.tx, visit.today)
  const own = [teamPaths.calls(slug), teamPaths.letters(slug), teamPaths.messages(slug, 'failed')]
  return {
    needs: jobs(slug, counts)
      .filter(each => each.count > 0 && own.includes(each.href))
      .map(({ title, href, status }) => ({ title, href, status })),
  }
}

export const team: Slice = {
  name: 'team',
  routes: [
    ...frontRoutes,
    ...messageRoutes,
    ...byHandRoutes,
    ...settingsRoutes,
    ...peopleRoutes,
    ...personContactRoutes,
    ...personPlaceRoutes,
    ...personRoutes,
  ],
  navigation: [{ text: 'Team', path: teamPaths.front, who: theTeam, order: 80 }],
  home,
  search: searchPeople,
}
