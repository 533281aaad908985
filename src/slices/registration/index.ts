import type { Slice } from '#platform/http/route.ts'

export const registration: Slice = { name: 'registration', routes: [] }
