import type { Slice } from '#platform/http/route.ts'

export { type PublishedNear, publishedNear } from './near.ts'
export { publicationPaths } from './paths.ts'

export const youSaidWeDid: Slice = { name: 'you-said-we-did', routes: [] }
