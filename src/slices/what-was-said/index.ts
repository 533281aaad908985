import type { Slice } from '#platform/http/route.ts'

/** One page for what somebody said by phone or post, turned into what it is. */
export const whatWasSaid: Slice = { name: 'what-was-said', routes: [] }
