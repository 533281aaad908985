import type { AnyRoute } from '#platform/http/route.ts'
import { batchRoutes } from './batch.tsx'
import { byHandListRoutes } from './lists.tsx'
import { oneByHandRoutes } from './one.tsx'

/** Calls and letters: the same message for those who do not read e-mail, made by a person (PEOPLE-20). */
export const byHandRoutes: readonly AnyRoute[] = [...byHandListRoutes, ...batchRoutes, ...oneByHandRoutes]
