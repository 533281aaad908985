import type { Slice } from '#platform/http/route.ts'

/** What somebody needs to take part, in the six steps of the Accessible Information Standard. */
export const supportNeeds: Slice = { name: 'support-needs', routes: [] }
