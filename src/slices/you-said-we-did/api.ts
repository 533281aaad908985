import { z } from 'zod'
import { dayOf } from '#kernel/calendar/working-days.ts'
import type { ApiList } from '#platform/api.ts'
import { anyone } from '#platform/permission.ts'
import { publicationPaths } from './paths.ts'
import { placeText, publishedList, readPlace } from './queries.ts'

/** What is published now. What a contributor took back is gone from here at once. */
export const publishedForPrograms: ApiList = {
  name: 'you-said-we-did',
  title: 'You said, we did',
  about: 'Views that came to an end, in texts that their contributors agreed to. The newest first.',
  who: anyone,
  item: z.object({
    reference: z.string().describe('Such as C-1042'),
    url: z.url().describe('Its page'),
    title: z.string(),
    youSaid: z.string(),
    weDid: z.string(),
    next: z.string().describe('What comes next; may be empty'),
    outcome: z.string().nullable().describe('agreed, partly-agreed, not-agreed or passed-on'),
    publishedOn: z.iso.date(),
    group: z.string().nullable(),
    priority: z.string().nullable(),
    trust: z.string().nullable(),
    raisedBy: z.string().describe('As each contributor wants to be named today'),
  }),
  async read(visit, after) {
    const { list, more } = await publishedList(visit.tx, {}, { most: 50, after: readPlace(after ?? null) })
    return {
      items: list.map(each => ({
        reference: each.reference,
        url: visit.publicUrl + publicationPaths.one(visit.network.slug, each.reference),
        ...each.text,
        outcome: each.outcome,
        publishedOn: dayOf(each.publishedAt).toString(),
        group: each.group,
        priority: each.priority,
        trust: each.trust,
        raisedBy: each.credit,
      })),
      next: more && list.length > 0 ? placeText(list.at(-1)!) : undefined,
    }
  },
}
