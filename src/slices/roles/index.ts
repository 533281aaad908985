import type { Slice } from '#platform/http/route.ts'

/** Roles on offer: public pages with what is asked and what is given. */
export const roles: Slice = { name: 'roles', routes: [] }
