import type { Slice } from '#platform/http/route.ts'

export const promises: Slice = { name: 'promises', routes: [] }
