import type { Slice } from '#platform/http/route.ts'

/** Role description, confidentiality and code of conduct, agreed to version by version. */
export const agreements: Slice = { name: 'agreements', routes: [] }
