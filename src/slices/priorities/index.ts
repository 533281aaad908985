import type { Slice } from '#platform/http/route.ts'

/** The network’s public list: proposed, talked about, ranked and adopted. */
export const priorities: Slice = { name: 'priorities', routes: [] }
