import { z } from 'zod'
import { isLate } from '#kernel/calendar/working-days.ts'
import { reference } from '#kernel/references.ts'
import type { ApiList } from '#platform/api.ts'
import { theTeam } from '#platform/permission.ts'
import { requestPaths } from './paths.ts'
import { listRequests } from './queries.ts'

/** Requests that are open: whose turn it is, by when. */
export const requestsForPrograms: ApiList = {
  name: 'requests',
  title: 'Requests to groups',
  about:
    'Requests that are not over: what kind, to which group, whose turn it is and by when. The newest first.',
  who: theTeam,
  scope: 'requests:read',
  item: z.object({
    reference: z.string().describe('Such as R-77'),
    url: z.url(),
    kind: z.string(),
    group: z.string(),
    state: z.string(),
    waitsFor: z.string().describe('Who acts next'),
    dueOn: z.iso.date().nullable(),
    isLate: z.boolean(),
  }),
  async read(visit, after) {
    const before = /^\d{1,9}$/.test(after ?? '') ? Number(after) : undefined
    const wish = { show: 'open', groupId: undefined, before, after: undefined } as const
    const list = await listRequests(visit.tx, visit.me, wish, visit.today)
    return {
      items: list.rows.map(each => ({
        reference: reference('R', each.number),
        url: visit.publicUrl + requestPaths.one(visit.network.slug, reference('R', each.number)),
        kind: each.kind,
        group: each.group_name,
        state: each.state,
        waitsFor: each.waits_for,
        dueOn: each.due_on?.toString() ?? null,
        isLate: isLate(each.due_on, visit.today),
      })),
      next: list.after?.toString(),
    }
  },
}
