import type { Slice } from '#platform/http/route.ts'
import { aPerson } from '#platform/permission.ts'
import { homePaths } from './paths.ts'
import { homeRoute } from './routes.tsx'

export { needsOf } from './gather.ts'
export { homePaths }

/** @param parts every slice, each with its part of the page */
export function home(parts: () => readonly Slice[]): Slice {
  return {
    name: 'home',
    routes: [homeRoute(parts)],
    navigation: [{ text: 'Home', path: homePaths.home, who: aPerson, order: 10 }],
  }
}
