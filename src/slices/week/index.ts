import type { Slice } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import './tables.ts'
import { bulkRoutes } from './bulk-pages.tsx'
import { weekRoutes } from './pages.tsx'
import { weekPaths } from './paths.ts'

export { chooseStep, doStep, handOverOf, loadStep, undoStep } from './bulk.ts'

/**
 * The team's week: due, late and coming, by person and by promise.
 * @param slices all rooms, each with its lines
 */
export const week = (slices: () => readonly Slice[]): Slice => ({
  name: 'week',
  routes: [...weekRoutes(slices), ...bulkRoutes],
  personDoors: [
    {
      text: 'Hand their actions over',
      hint: 'Many at once, to somebody else',
      path: (slug, personId) => weekPaths.handOver(slug, personId),
      who: theTeam,
      order: 70,
    },
  ],
  doors: [
    {
      in: 'team',
      under: 'How well we do',
      text: 'The team’s week',
      hint: 'What is late, due and coming, for everybody',
      path: slug => weekPaths.week(slug),
      who: theTeam,
      order: 5,
    },
    {
      in: 'home',
      text: 'The team’s week',
      hint: 'What is late, due and coming, for everybody.',
      path: slug => weekPaths.week(slug),
      who: theTeam,
      order: 35,
    },
  ],
})
