import type { ReactNode } from 'react'
import { askTogether, type Question } from '#platform/database/questions.ts'
import type { Visit } from '#platform/http/route.ts'
import type { LoadedItem, LoadedMeeting } from './store.ts'

/** What another room says on a meeting's pages. */
interface Said {
  /** Under each item, on the meeting's page, the item's own and in the room. */
  readonly ofItems: ReadonlyMap<number, ReactNode>
  /** On the meeting's own page. */
  readonly ofMeeting: ReactNode
}

/**
 * What another room shows on a meeting's pages: papers, conflicts, votes, minutes. Put together in app.ts, so that
 * no two rooms import each other. The page asks all of them in one statement.
 * @param items those that this person may read, and that the page shows
 */
export type MeetingPart = (visit: Visit<LoadedMeeting>, items: readonly number[]) => Question<Said>

/** The same visit for another room's part: its forms go elsewhere, so this page's version is not theirs. */
function forParts(visit: Visit<LoadedMeeting | LoadedItem>): Visit<LoadedMeeting> {
  const { _version, ...hidden } = visit.hidden
  const thing = 'meeting' in visit.thing ? visit.thing.meeting : visit.thing
  return { ...visit, thing, hidden }
}

/** What the page itself asks, and what the other rooms say, in the order of the rooms: one statement. */
export async function askWithParts<Facts>(
  visit: Visit<LoadedMeeting | LoadedItem>,
  own: Question<Facts>,
  parts: readonly MeetingPart[],
  items: readonly number[],
): Promise<{
  facts: Facts
  ofItem: (id: number) => readonly ReactNode[]
  ofMeeting: readonly ReactNode[]
}> {
  const theirs = parts.map(part => part(forParts(visit), items))
  const [facts, ...said] = await askTogether<[Facts, ...Said[]]>(visit.tx, [own, ...theirs])
  return {
    facts,
    ofItem: id => said.flatMap(each => (each.ofItems.has(id) ? [each.ofItems.get(id)] : [])),
    ofMeeting: said.map(each => each.ofMeeting),
  }
}
