import type { Slice } from '#platform/http/route.ts'

/** A concern goes to the one person its raiser chose, and nobody else sees that it exists. */
export const concerns: Slice = { name: 'concerns', routes: [] }
