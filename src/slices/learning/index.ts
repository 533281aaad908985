import type { Slice } from '#platform/http/route.ts'

/** "I would like to know more about…", a library of sessions, and the network’s plain words. */
export const learning: Slice = { name: 'learning', routes: [] }
