import type { Slice } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { promisePaths } from './paths.ts'
import { promiseRoutes } from './routes.tsx'

export { promisePaths }

/** Whether the network keeps its word, in public (LOOP-20). */
export const promises: Slice = {
  name: 'promises',
  routes: promiseRoutes,
  navigation: [{ text: 'Promises kept', path: promisePaths.promises, who: anyone, order: 55 }],
}
