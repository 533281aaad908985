import type { Slice } from '#platform/http/route.ts'

/** Groups, who decides what and how a view travels, from real data. */
export const governance: Slice = { name: 'governance', routes: [] }
