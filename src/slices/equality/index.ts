import type { Slice } from '#platform/http/route.ts'

/** Equality monitoring, stored with no key to a person. */
export const equality: Slice = { name: 'equality', routes: [] }
