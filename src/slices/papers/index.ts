import type { Slice } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { askingRoutes } from './asking.tsx'
import { latePapers, papersDueNow } from './due.ts'
import { findPapers } from './find.ts'
import { goingOutRoutes } from './going-out.tsx'
import { helpRoutes } from './help.tsx'
import { papersAtHome } from './home.ts'
import { paperJobs } from './jobs.ts'
import { packRoutes } from './pack.tsx'
import { paperRoutes } from './page.tsx'
import { readingRoutes } from './reading.tsx'
import { held, leaving } from './rights.ts'
import { papersWeek } from './week.ts'
import { writingRoutes } from './writing.tsx'

export { papersOfMeeting } from './of-meeting.tsx'
export { paperTimeline } from './page.tsx'

export const papers: Slice = {
  name: 'papers',
  routes: [
    ...writingRoutes,
    ...paperRoutes,
    ...goingOutRoutes,
    ...askingRoutes,
    ...readingRoutes,
    ...helpRoutes,
    ...packRoutes,
  ],
  doors: [
    {
      in: 'team',
      under: 'Groups and meetings',
      text: 'Help with papers',
      hint: 'Asked for in private',
      path: slug => `/${slug}/team/paper-help`,
      who: theTeam,
      order: 20,
    },
  ],
  jobs: paperJobs,
  due: papersDueNow,
  home: papersAtHome,
  search: findPapers,
  week: papersWeek,
  late: latePapers,
  leaving,
  held,
}

// The steps themselves, for whoever tells a story with them.
export { answerQuestion, answerWish, askQuestion, wishToPutOff } from './asking-changes.ts'
export { addPaper, sendAllOut, sendPaperOut, writtenPaper } from './changes.ts'
export { markAsRead } from './reading.tsx'
export { loadPaper } from './store.ts'
