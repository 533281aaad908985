import type { Slice } from '#platform/http/route.ts'

/** @param parts every slice, each with its part of the page */
export function home(_parts: () => readonly Slice[]): Slice {
  return { name: 'home', routes: [] }
}
