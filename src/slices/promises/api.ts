import { z } from 'zod'
import type { ApiList } from '#platform/api.ts'
import { anyone } from '#platform/permission.ts'
import { promiseFigures } from './figures.ts'
import { countPromises, groupNames } from './queries.ts'

const shown = z
  .int()
  .min(0)
  .nullable()
  .describe('null: from 1 to 4, or one could work out such a number from it')
const kinds = ['views', 'requests', 'papers'] as const

/** The numbers of the page of promises, hidden where the page hides them. */
export const promisesForPrograms: ApiList = {
  name: 'promises',
  title: 'Promises kept and late',
  about: 'How many promises were kept, by group and by time. Small numbers are hidden.',
  who: anyone,
  item: z.object({
    about: z.enum(kinds).describe('What the promises were about'),
    cut: z.enum(['group', 'time']),
    name: z.string().describe('The group, or the time'),
    inTime: shown,
    late: shown.describe('Kept after their day'),
    openAndLate: shown,
    total: shown,
  }),
  async read(visit) {
    const groups = await groupNames(visit.tx)
    const counts = await countPromises(visit.tx, visit.today)
    return {
      items: kinds.flatMap(about => {
        const figures = promiseFigures(
          counts.filter(each => each.of === about),
          { groups, noGroup: 'The involvement team', today: visit.today },
        )
        return (['group', 'time'] as const).flatMap(cut =>
          (cut === 'group' ? figures.byGroup : figures.byTime).map(row => ({
            about,
            cut,
            name: row.name,
            inTime: row.cells[0] ?? null,
            late: row.cells[1] ?? null,
            openAndLate: row.cells[2] ?? null,
            total: row.total,
          })),
        )
      }),
    }
  },
}
