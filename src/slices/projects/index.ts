import type { Slice } from '#platform/http/route.ts'

/** From the start to the end, with patients, clinicians and managers in each stage. */
export const projects: Slice = { name: 'projects', routes: [] }
