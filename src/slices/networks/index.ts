import type { Slice } from '#platform/http/route.ts'

export const networks: Slice = { name: 'networks', routes: [] }
