import type { Slice } from '#platform/http/route.ts'

/** The team’s week: due, late and coming, by person and by promise. */
export const week: Slice = { name: 'week', routes: [] }
