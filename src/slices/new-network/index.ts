import type { House } from '#platform/house.ts'
import type { Slice } from '#platform/http/route.ts'
import { anAdministrator } from '#platform/permission.ts'
import { newNetworkRoutes } from './pages.tsx'
import { newNetworkPaths } from './paths.ts'

/**
 * Setting up another network in under ten minutes.
 * @param slices all rooms, each with what a new network begins with
 */
export const newNetwork = (house: House, slices: () => readonly Slice[]): Slice => ({
  name: 'new-network',
  routes: newNetworkRoutes(house, slices),
  doors: [
    {
      in: 'home',
      text: 'Set up a new network',
      hint: 'Another network on this service, in about ten minutes.',
      path: newNetworkPaths.start,
      who: anAdministrator,
      order: 45,
    },
  ],
})
