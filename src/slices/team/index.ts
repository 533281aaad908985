import type { Slice } from '#platform/http/route.ts'

export const team: Slice = { name: 'team', routes: [] }
