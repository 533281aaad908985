import type { Slice } from '#platform/http/route.ts'
import type { MeetingPart } from '#slices/meetings/index.ts'

export const interests: Slice = { name: 'interests', routes: [] }

/** What this room shows on a meeting's pages. */
export const interestsOfMeeting: MeetingPart = {}
