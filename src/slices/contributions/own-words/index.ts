import type { AnyRoute } from '#platform/http/route.ts'
import { hideRoutes } from './hide.tsx'
import { ownWordsRoutes as routes } from './pages.tsx'

export { changeNaming, correct, hideWords, withdrawFrom } from './changes.ts'
export const ownWordsRoutes: readonly AnyRoute[] = [...routes, ...hideRoutes]
