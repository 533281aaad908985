import type { Slice } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { networkPaths } from '#slices/networks/index.ts'
import { governanceRoutes } from './pages.tsx'

/** Groups, who decides what and how a view travels, from real data. */
export const governance: Slice = {
  name: 'governance',
  routes: governanceRoutes,
  doors: [
    {
      in: 'network',
      text: 'Who decides what',
      hint: 'The groups, and how a view travels',
      path: networkPaths.governance,
      who: anyone,
      order: 10,
    },
  ],
}
