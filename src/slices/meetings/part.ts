import type { ReactNode } from 'react'
import type { Visit } from '#platform/http/route.ts'
import type { LoadedItem, LoadedMeeting } from './store.ts'

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

/** The same visit for another room's part: its forms go elsewhere, so this page's version is not theirs. */
function forParts(visit: Visit<LoadedMeeting | LoadedItem>): Visit<LoadedMeeting> {
  const { _version, ...hidden } = visit.hidden
  const thing = 'meeting' in visit.thing ? visit.thing.meeting : visit.thing
  return { ...visit, thing, hidden }
}

/** What the other rooms say to each item, in the order of the rooms. */
export async function partsOfItems(
  visit: Visit<LoadedMeeting | LoadedItem>,
  parts: readonly MeetingPart[],
  items: readonly number[],
): Promise<ReadonlyMap<number, readonly ReactNode[]>> {
  const found = new Map<number, ReactNode[]>()
  if (items.length === 0) return found
  for (const part of parts) {
    const said = await part.ofItems?.(forParts(visit), items)
    for (const [id, node] of said ?? []) found.set(id, [...(found.get(id) ?? []), node])
  }
  return found
}

export async function partsOfMeeting(
  visit: Visit<LoadedMeeting>,
  parts: readonly MeetingPart[],
): Promise<readonly ReactNode[]> {
  const said: ReactNode[] = []
  for (const part of parts) said.push(await part.ofMeeting?.(forParts(visit)))
  return said
}
