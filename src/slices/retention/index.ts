import type { Slice } from '#platform/http/route.ts'

/** How long each thing is kept, and the job that ends it. */
export const retention: Slice = { name: 'retention', routes: [] }
