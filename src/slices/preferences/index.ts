import type { Slice } from '#platform/http/route.ts'

/** How and when somebody wants to be told. */
export const preferences: Slice = { name: 'preferences', routes: [] }
