import type { AnyRoute } from '#platform/http/route.ts'
import { checkRoutes } from './check.tsx'
import { fileStepRoutes } from './file-steps.tsx'
import { joinRoutes } from './join.tsx'
import { raisedBeforeRoutes } from './raised-before.tsx'
import { receiptRoutes } from './receipt-page.tsx'
import { receivedRoutes } from './received.tsx'
import { startRoutes } from './start.tsx'
import { stepRoutes } from './steps.tsx'

/** Before the routes of a thread: `/contributions/new` is no reference. */
export const writingRoutes: readonly AnyRoute[] = [
  ...startRoutes,
  ...stepRoutes,
  ...raisedBeforeRoutes,
  ...fileStepRoutes,
  ...checkRoutes,
  ...joinRoutes,
  ...receivedRoutes,
  ...receiptRoutes,
]
