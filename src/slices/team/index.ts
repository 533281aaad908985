import { type Question, question } from '#platform/database/questions.ts'
import type { HomePart, Slice, Visit } from '#platform/http/route.ts'
import { isTeam, theTeam } from '#platform/permission.ts'
import './tables.ts'
import { byHandRoutes } from './by-hand/index.ts'
import { teamDoors } from './doors.ts'
import { frontRoutes, messageJobs } from './front.tsx'
import { messageRoutes } from './messages.tsx'
import { teamPaths } from './paths.ts'
import { peopleRoutes, searchPeople } from './people-list.tsx'
import { personRoutes } from './person.tsx'
import { personContactRoutes } from './person-contact.tsx'
import { personPlaceRoutes } from './person-places.tsx'
import { messagesForTheTeam } from './queries.ts'
import { settingsRoutes } from './settings.tsx'
import { byHandWeek } from './week.ts'

/** For the team: calls, letters and what failed. Applications and views are told of by their own rooms. */
function home(visit: Visit): Question<HomePart>[] {
  if (!visit.actor || !isTeam(visit.actor)) return []
  return [
    question(messagesForTheTeam, rows => ({
      needs: rows
        .flatMap(counts => messageJobs(visit.network.slug, counts))
        .filter(each => each.count > 0)
        .map(({ title, href, status }) => ({ title, href, status })),
    })),
  ]
}

/** @param slices all rooms: their doors stand on the team's page and on a person's */
export const team = (slices: () => readonly Slice[]): Slice => ({
  name: 'team',
  routes: [
    ...frontRoutes(slices),
    ...messageRoutes,
    ...byHandRoutes,
    ...settingsRoutes,
    ...peopleRoutes,
    ...personContactRoutes,
    ...personPlaceRoutes,
    ...personRoutes(slices),
  ],
  doors: teamDoors,
  navigation: [{ text: 'Team', path: teamPaths.front, who: theTeam, order: 80 }],
  home,
  search: searchPeople,
  week: byHandWeek,
})
