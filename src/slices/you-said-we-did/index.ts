import type { Slice } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { publishedForPrograms } from './api.ts'
import { contributorRoutes } from './contributor.tsx'
import { partOfHome } from './home.ts'
import { publicationPaths } from './paths.ts'
import { publicRoutes } from './public.tsx'
import { held, leaving } from './rights.ts'
import { searchPublished } from './search.ts'
import { staffRoutes } from './staff.tsx'

export { answerPublication, proposePublication, publishNow, takeDown } from './changes.ts'
export { type PublishedNear, publishedNear } from './near.ts'
export { publicationPaths } from './paths.ts'
export { hashOf, type PublicText } from './publication.ts'
export { type Published, publishedOf } from './queries.ts'

/** What came of a view, in public, with the consent of those who raised it to exactly that text (LOOP-18). */
export const youSaidWeDid: Slice = {
  name: 'you-said-we-did',
  routes: [...publicRoutes, ...contributorRoutes, ...staffRoutes],
  doors: [
    {
      in: 'home',
      text: 'You said, we did',
      hint: 'What came of what people said.',
      path: publicationPaths.list,
      who: anyone,
      order: 130,
    },
  ],
  navigation: [{ text: 'You said, we did', path: publicationPaths.list, who: anyone, order: 50 }],
  home: partOfHome,
  search: searchPublished,
  api: [publishedForPrograms],
  leaving,
  held,
}
