import type { Slice } from '#platform/http/route.ts'
import { aMember, theTeam } from '#platform/permission.ts'
import { voiceRoutes, voicesPath } from './page.tsx'

export { voicesPath }

/** Where the voices come from, and who is not heard yet. */
export const voices: Slice = {
  name: 'voices',
  routes: voiceRoutes,
  doors: [
    {
      in: 'home',
      text: 'Where the voices come from',
      hint: 'Over Trusts and priorities, and where to ask next.',
      path: voicesPath,
      who: aMember,
      order: 920,
    },
    {
      in: 'team',
      under: 'How well we do',
      text: 'Where the voices come from',
      hint: 'Over Trusts and priorities, and where to ask next',
      path: voicesPath,
      who: theTeam,
      order: 50,
    },
  ],
}
