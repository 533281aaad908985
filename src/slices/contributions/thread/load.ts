import type { Visit } from '#platform/http/route.ts'
import { loadThread } from '../store.ts'

/** For every route below `/:network/contributions/:reference`. */
export const loadIt = (visit: Visit<undefined>, how: { forChange: boolean }) =>
  loadThread(visit.tx, visit.params.reference, how)
