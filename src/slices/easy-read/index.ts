import type { Slice } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { easyReadRoutes } from './pages.tsx'
import { easyReadPaths } from './paths.ts'

/** The pages that matter in easy read: a picture and one short sentence a line. */
export const easyRead: Slice = {
  name: 'easy-read',
  routes: easyReadRoutes,
  doors: [
    {
      in: 'network',
      text: 'Easy read',
      hint: 'Short words and pictures',
      path: easyReadPaths.list,
      who: anyone,
      order: 5,
    },
  ],
}
