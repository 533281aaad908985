import type { ReactNode } from 'react'
import type { Slice, Visit } from '#platform/http/route.ts'
import type { LoadedMeeting } from './store.ts'

export * from './access.ts'
export { type Voter, votersOn } from './groups/voters.ts'
export { hasCome, isAhead, type Meeting, meetingWords, papersDue } from './meeting.ts'
export { meetingPaths } from './paths.ts'
export {
  excludedFrom,
  itemsOf,
  type LoadedItem,
  type LoadedMeeting,
  loadItem,
  loadMeeting,
  planMeeting,
  saveMeeting,
} from './store.ts'
export type { Asked, ConflictOutcome, Handling, StandingItem } from './tables.ts'

/**
 * What another room shows on a meeting's pages: papers, conflicts, votes, minutes. Put together in app.ts, so that
 * no two rooms import each other. At most one query for a page, whatever the number of items.
 */
export interface MeetingPart {
  /** Under each item, on the meeting's page and in the room; `items` are those that this person may read. */
  readonly ofItems?: (
    visit: Visit<LoadedMeeting>,
    items: readonly number[],
  ) => Promise<ReadonlyMap<number, ReactNode>>
  /** On the meeting's own page. */
  readonly ofMeeting?: (visit: Visit<LoadedMeeting>) => Promise<ReactNode>
}

/** @param parts what other rooms show on a meeting's pages, in the order in which it is shown */
export function meetings(_parts: readonly MeetingPart[]): Slice {
  return { name: 'meetings', routes: [] }
}
