import type { Slice } from '#platform/http/route.ts'

/** One Trust’s volunteers and actions, for that Trust’s contact. */
export const trustContacts: Slice = { name: 'trust-contacts', routes: [] }
