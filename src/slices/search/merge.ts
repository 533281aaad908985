import type { SearchHit } from '#platform/http/route.ts'

/** The best first, each address once: the same thing may match in several ways. */
export function merge(lists: readonly (readonly SearchHit[])[], most: number): SearchHit[] {
  const best = new Map<string, SearchHit>()
  for (const hit of lists.flat()) {
    const before = best.get(hit.href)
    if (!before || before.rank < hit.rank) best.set(hit.href, hit)
  }
  return [...best.values()].sort((a, b) => b.rank - a.rank || (a.href < b.href ? -1 : 1)).slice(0, most)
}
