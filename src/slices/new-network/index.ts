import type { Slice } from '#platform/http/route.ts'

/** Setting up another network in under ten minutes. */
export const newNetwork: Slice = { name: 'new-network', routes: [] }
