import type { Slice } from '#platform/http/route.ts'

/** @param parts every slice, each with its part of the results */
export function search(_parts: () => readonly Slice[]): Slice {
  return { name: 'search', routes: [] }
}
