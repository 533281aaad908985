import type { Slice } from '#platform/http/route.ts'

/** What a network sets for itself: places, groups, texts and numbers, with who changed what. */
export const networkSettings: Slice = { name: 'network-settings', routes: [] }
