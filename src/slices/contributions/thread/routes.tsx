import { type AnyRoute, page, show } from '#platform/http/route.ts'
import { mayRead } from '../access.ts'
import type { LoadedThread } from '../store.ts'
import { loadIt } from './load.ts'
import { threadScreen } from './page.tsx'
import { threadView } from './view.ts'

export const threadRoutes: readonly AnyRoute[] = [
  page<LoadedThread>('/:network/contributions/:reference', {
    who: mayRead,
    audit: 'nothing',
    load: loadIt,
    handler: async visit => show(threadScreen(visit, await threadView(visit.tx, visit.thing, visit.today))),
  }),
]
