import type { Slice } from '#platform/http/route.ts'
import { goingOutRoutes } from './going-out.tsx'
import { paperJobs } from './jobs.ts'
import { paperRoutes } from './page.tsx'
import { writingRoutes } from './writing.tsx'

export { papersOfMeeting } from './of-meeting.tsx'

export const papers: Slice = {
  name: 'papers',
  routes: [...writingRoutes, ...paperRoutes, ...goingOutRoutes],
  jobs: paperJobs,
}
