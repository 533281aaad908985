import type { Slice } from '#platform/http/route.ts'

/** The volunteers’ own space, without staff. */
export const ownSpace: Slice = { name: 'own-space', routes: [] }
