import type { Slice } from '#platform/http/route.ts'

/** Off by default: claims, receipts, and two people who approve. */
export const expenses: Slice = { name: 'expenses', routes: [] }
