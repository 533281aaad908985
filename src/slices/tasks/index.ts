import type { Slice } from '#platform/http/route.ts'

/** Asked of one or open to many; accepted, declined, done and thanked. */
export const tasks: Slice = { name: 'tasks', routes: [] }
