import type { Slice } from '#platform/http/route.ts'
import type { MeetingPart } from '#slices/meetings/index.ts'

export const papers: Slice = { name: 'papers', routes: [] }

/** What this room shows on a meeting's pages. */
export const papersOfMeeting: MeetingPart = {}
