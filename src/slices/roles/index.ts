import type { Slice } from '#platform/http/route.ts'
import { anyone, theTeam } from '#platform/permission.ts'
import './tables.ts'
import { addUsualRoles } from './changes.ts'
import { rolePaths } from './paths.ts'
import { publicRoutes } from './public.tsx'
import { teamRoutes } from './team.tsx'

export { addUsualRoles, changeRole, offerRole, type RoleGiven } from './changes.ts'
export { type OfferedRole, roleBySlug, rolesOf } from './queries.ts'
export { rolePaths }

/** Roles on offer: public pages with what is asked and what is given. */
export const roles: Slice = {
  name: 'roles',
  routes: [...publicRoutes, ...teamRoutes],
  begins: addUsualRoles,
  doors: [
    {
      in: 'network',
      text: 'Ways to take part',
      hint: 'What is asked, what you get, and how much time it takes',
      path: rolePaths.list,
      who: anyone,
      order: 10,
    },
    {
      in: 'team',
      under: 'People',
      text: 'Roles on offer',
      hint: 'What people can read about taking part',
      path: rolePaths.team,
      who: theTeam,
      order: 120,
    },
  ],
}
