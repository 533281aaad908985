import { meetingPaths } from '#slices/meetings/index.ts'

/** Typed addresses; `motion` is 'V-5'. */
export const votePaths = {
  one: meetingPaths.motion,
  step: (slug: string, motion: string, step: MotionStep) => `${meetingPaths.motion(slug, motion)}/${step}`,
  ballot: (slug: string, motion: string) => `${meetingPaths.motion(slug, motion)}/ballot`,
  receipt: (slug: string, motion: string) => `${meetingPaths.motion(slug, motion)}/ballot/receipt`,
  propose: (slug: string, meeting: string, item: number) =>
    meetingPaths.itemStep(slug, meeting, item, 'propose-motion'),
}

export type MotionStep =
  | 'change'
  | 'open'
  | 'close'
  | 'casting-vote'
  | 'withdraw'
  | 'again'
  | 'ballot-for'
  | 'dissent'
