import type { Slice } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import './tables.ts'
import { houseThings } from './house-things.ts'
import { keepingDue } from './keeping.ts'
import { keepingRoutes } from './pages.tsx'
import { retentionPaths } from './paths.ts'

/** How long each thing is kept, and the job that ends it. */
export const retention = (slices: () => readonly Slice[]): Slice => ({
  name: 'retention',
  routes: keepingRoutes(slices),
  due: work => keepingDue(work, slices()),
  kept: houseThings,
  doors: [
    {
      in: 'team',
      text: 'How long we keep things',
      hint: 'And what the next night will end',
      path: retentionPaths.list,
      who: theTeam,
      order: 370,
      under: 'The network',
    },
  ],
})
