import type { Slice } from '#platform/http/route.ts'
import { aChair, anyOf, anyone, aTrustContact, notYetIn, theTeam } from '#platform/permission.ts'
import { promisesForPrograms } from './api.ts'
import { promisePaths } from './paths.ts'
import { promiseRoutes } from './routes.tsx'

export { smallest, suppress } from './suppress.ts'
export { promisePaths }

/** Whether the network keeps its word, in public (LOOP-20). */
export const promises: Slice = {
  name: 'promises',
  routes: promiseRoutes,
  doors: [
    {
      in: 'network',
      text: 'How well we keep our promises',
      path: promisePaths.promises,
      who: anyone,
      order: 30,
    },
    {
      in: 'home',
      text: 'Promises kept',
      hint: 'How well the network keeps its word.',
      path: promisePaths.promises,
      who: anyOf(theTeam, aChair, notYetIn, aTrustContact),
      order: 140,
    },
    {
      in: 'team',
      under: 'How well we do',
      text: 'Promises kept',
      hint: 'As everybody can read them',
      path: promisePaths.promises,
      who: theTeam,
      order: 10,
    },
  ],
  navigation: [{ text: 'Promises kept', path: promisePaths.promises, who: anyone, order: 55 }],
  api: [promisesForPrograms],
}
