import type { Slice } from '#platform/http/route.ts'

export const chairRequests: Slice = { name: 'chair-requests', routes: [] }
