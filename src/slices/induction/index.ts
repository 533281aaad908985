import type { Slice } from '#platform/http/route.ts'

/** What somebody learns before they take part, and what they still need. */
export const induction: Slice = { name: 'induction', routes: [] }
