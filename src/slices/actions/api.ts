import { z } from 'zod'
import { isLate } from '#kernel/calendar/working-days.ts'
import { reference } from '#kernel/references.ts'
import type { ApiList } from '#platform/api.ts'
import { theTeam } from '#platform/permission.ts'
import { readPlace, writePlace } from './list.tsx'
import { actionPaths } from './paths.ts'
import { listActions } from './queries.ts'

/** Who does what by when. */
export const actionsForPrograms: ApiList = {
  name: 'actions',
  title: 'Actions',
  about: 'What was agreed and is still to be done, what is due first.',
  who: theTeam,
  scope: 'actions:read',
  item: z.object({
    reference: z.string().describe('Such as A-310'),
    url: z.url(),
    what: z.string(),
    owner: z.string(),
    group: z.string(),
    dueOn: z.iso.date(),
    isLate: z.boolean(),
    contribution: z.string().nullable().describe('The view it came from, such as C-1042'),
  }),
  async read(visit, after) {
    const wish = {
      show: 'open',
      groupId: undefined,
      ownerId: undefined,
      after: readPlace(after ?? null),
    } as const
    const list = await listActions(visit.tx, visit.me, wish, visit.today)
    return {
      items: list.rows.map(each => ({
        reference: reference('A', each.number),
        url: visit.publicUrl + actionPaths.one(visit.network.slug, reference('A', each.number)),
        what: each.what,
        owner: each.owner_name,
        group: each.group_name,
        dueOn: each.due_on.toString(),
        isLate: isLate(each.due_on, visit.today),
        contribution: each.view ? reference('C', each.view.number) : null,
      })),
      next: list.after && writePlace(list.after),
    }
  },
}
