import { meetingPaths } from '#slices/meetings/index.ts'

const at = (slug: string, rest = '') => `/${slug}/interests${rest}`

/** Typed addresses. */
export const interestPaths = {
  register: (slug: string) => at(slug),
  mine: (slug: string) => at(slug, '/mine'),
  new: (slug: string) => at(slug, '/new'),
  confirm: (slug: string) => at(slug, '/confirm'),
  name: (slug: string) => at(slug, '/name'),
  all: (slug: string) => at(slug, '/all'),
  one: (slug: string, id: number) => at(slug, `/${id}`),
  step: (slug: string, id: number, step: 'end' | 'withhold' | 'what-is-done' | 'keep-out') =>
    at(slug, `/${id}/${step}`),
  of: (slug: string, person: number, step: 'new' | 'confirm') => at(slug, `/of/${person}/${step}`),
  conflict: (slug: string, id: number) => `/${slug}/conflicts/${id}`,
  conflictStep: (slug: string, id: number, step: 'answer' | 'decide') => `/${slug}/conflicts/${id}/${step}`,
  conflicts: (slug: string, meeting: string) => meetingPaths.step(slug, meeting, 'conflicts'),
  beforeMeeting: (slug: string, meeting: string) => meetingPaths.step(slug, meeting, 'anything-to-declare'),
  presiding: (slug: string, meeting: string) => meetingPaths.step(slug, meeting, 'presiding'),
  declare: (slug: string, meeting: string, item: number) =>
    meetingPaths.itemStep(slug, meeting, item, 'conflict'),
}
