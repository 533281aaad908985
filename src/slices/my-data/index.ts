import type { Slice } from '#platform/http/route.ts'

/** What is held about somebody: to read, to take along, to correct, to object, to erase. */
export const myData: Slice = { name: 'my-data', routes: [] }
