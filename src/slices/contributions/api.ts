import { z } from 'zod'
import { isLate } from '#kernel/calendar/working-days.ts'
import { reference } from '#kernel/references.ts'
import type { ApiList } from '#platform/api.ts'
import { theTeam } from '#platform/permission.ts'
import { listContributions } from './list.ts'
import { contributionPaths } from './paths.ts'

/** Where each view is. Its words stay on its page. */
export const contributionsForPrograms: ApiList = {
  name: 'contributions',
  title: 'Contributions',
  about: 'What people said, the newest first: where each is, and who acts by when. Not the words themselves.',
  who: theTeam,
  scope: 'contributions:read',
  item: z.object({
    reference: z.string().describe('Such as C-1042'),
    url: z.url(),
    title: z.string(),
    state: z.string(),
    waitsFor: z.string().describe('Who acts next'),
    dueOn: z.iso.date().nullable(),
    isLate: z.boolean(),
    group: z.string().nullable(),
    contributors: z.int().describe('How many raised or joined it'),
  }),
  async read(visit, after) {
    const before = /^\d{1,9}$/.test(after ?? '') ? Number(after) : undefined
    const { rows, older } = await listContributions(visit.tx, visit.me, visit.today, { before })
    return {
      items: rows.map(each => ({
        reference: reference('C', each.number),
        url: visit.publicUrl + contributionPaths.one(visit.network.slug, reference('C', each.number)),
        title: each.title,
        state: each.state,
        waitsFor: each.waitsFor,
        dueOn: each.dueOn?.toString() ?? null,
        isLate: isLate(each.dueOn, visit.today),
        group: each.groupName,
        contributors: Number(each.joined),
      })),
      next: older ? rows.at(-1)?.number.toString() : undefined,
    }
  },
}
