import type { Slice } from '#platform/http/route.ts'

/** Ending a place by the network: by a named post, with a reason and a right of reply. */
export const endings: Slice = { name: 'endings', routes: [] }
