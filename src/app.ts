import type { Hono } from 'hono'
import type { DemoClock } from '#platform/clock.ts'
import { type Bindings, openCorridor } from '#platform/http/corridor.tsx'
import type { Slice } from '#platform/http/route.ts'
import type { House } from '#platform/house.ts'
import { installation } from '#slices/installation/index.ts'

export interface App {
  readonly http: Hono<{ Bindings: Bindings }>
  readonly slices: readonly Slice[]
}

/** The list of rooms, and one corridor to all of them. */
export function openApp(house: House, demo?: { clock: DemoClock; runDay: (slices: readonly Slice[]) => Promise<void> }): App {
  const slices: Slice[] = [
    ...networkSlices,
    installation(house, demo && { clock: demo.clock, runDay: () => demo.runDay(slices) }),
  ]
  return { http: openCorridor(house, slices), slices }
}

export const networkSlices: readonly Slice[] = []
