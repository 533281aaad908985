import type { DemoClock } from '#platform/clock.ts'
import type { House } from '#platform/house.ts'
import type { Slice } from '#platform/http/route.ts'
import { demoRoutes } from './demo.tsx'
import { frontRoutes } from './front.tsx'
import { healthRoutes } from './health.ts'
import { informationRoutes } from './information.tsx'

/** What belongs to no network: the front door, the operators' questions and, in a demo only, its doors. */
export function installation(house: House, demo?: { clock: DemoClock; runDay: () => Promise<void> }): Slice {
  return {
    name: 'installation',
    routes: [
      ...frontRoutes(house),
      ...informationRoutes(house),
      ...healthRoutes(house),
      ...(demo ? demoRoutes(house, demo.clock, demo.runDay) : []),
    ],
  }
}
