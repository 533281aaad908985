import type { House } from '#platform/house.ts'
import type { Slice } from '#platform/http/route.ts'
import { theTeamOrAdministrator } from '#platform/permission.ts'
import { connectionRoutes } from './pages.tsx'
import { connectionPaths } from './paths.ts'

/**
 * Other services that a network works with: each room says what it can be connected to.
 * @param others the rooms that have connections
 */
export function connections(house: House, others: () => readonly Slice[]): Slice {
  return {
    name: 'connections',
    routes: connectionRoutes(house, () => others().flatMap(each => each.connections ?? [])),
    doors: [
      {
        in: 'team',
        under: 'The network',
        text: 'Connections',
        hint: 'Mailbox, text messages, online meetings and hospital sign-in',
        path: connectionPaths.all,
        who: theTeamOrAdministrator,
        order: 185,
      },
    ],
  }
}
