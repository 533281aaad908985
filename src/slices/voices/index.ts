import type { Slice } from '#platform/http/route.ts'

/** Where the voices come from, and who is not heard yet. */
export const voices: Slice = { name: 'voices', routes: [] }
