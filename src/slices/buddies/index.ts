import type { Slice } from '#platform/http/route.ts'

/** Offered, accepted by both, ended by either. */
export const buddies: Slice = { name: 'buddies', routes: [] }
