import type { Slice } from '#platform/http/route.ts'

export const youSaidWeDid: Slice = { name: 'you-said-we-did', routes: [] }
