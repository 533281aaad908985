import type { Slice } from '#platform/http/route.ts'

/** Leaving in two steps, or a time of rest, and a way back. */
export const withdrawal: Slice = { name: 'withdrawal', routes: [] }
