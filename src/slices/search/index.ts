import type { Slice } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { searchPaths } from './paths.ts'
import { searchRoute } from './routes.tsx'

export { searchPaths }

/** @param parts every slice, each with its part of the results */
export function search(parts: () => readonly Slice[]): Slice {
  return {
    name: 'search',
    routes: [searchRoute(parts)],
    navigation: [{ text: 'Search', path: searchPaths.search, who: anyone, order: 60 }],
  }
}
