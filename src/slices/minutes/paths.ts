import { meetingPaths } from '#slices/meetings/index.ts'

/** Typed addresses; `meeting` is 'M-14'. */
export const minutesPaths = {
  one: meetingPaths.minutes,
  step: (slug: string, meeting: string, step: MinutesStep) =>
    `${meetingPaths.minutes(slug, meeting)}/${step}`,
  correction: (slug: string, meeting: string, correction: number) =>
    `${meetingPaths.minutes(slug, meeting)}/corrections/${correction}`,
  item: (slug: string, meeting: string, item: number) =>
    meetingPaths.itemStep(slug, meeting, item, 'minutes'),
  decide: (slug: string, meeting: string, item: number) =>
    meetingPaths.itemStep(slug, meeting, item, 'decision'),
  decisions: (slug: string) => `/${slug}/decisions`,
  decision: (slug: string, number: number) => `/${slug}/decisions/${number}`,
  review: (slug: string, number: number) => `/${slug}/decisions/${number}/review`,
}

export type MinutesStep = 'send' | 'agree' | 'publish' | 'correct'
