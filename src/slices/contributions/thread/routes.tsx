import { type AnyRoute, page, show, type Visit } from '#platform/http/route.ts'
import { mayRead } from '../access.ts'
import { type LoadedThread, loadThread } from '../store.ts'
import { threadScreen } from './page.tsx'
import { threadView } from './view.ts'

/** For every route below `/:network/contributions/:reference`. */
export const loadIt = (visit: Visit<undefined>, how: { forChange: boolean }) =>
  loadThread(visit.tx, visit.params.reference, how)

export const threadRoutes: readonly AnyRoute[] = [
  page<LoadedThread>('/:network/contributions/:reference', {
    who: mayRead,
    audit: 'nothing',
    load: loadIt,
    handler: async visit => show(threadScreen(visit, await threadView(visit.tx, visit.thing, visit.today))),
  }),
]
