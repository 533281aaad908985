import type { Entry } from '#platform/database/connect.ts'
import { doorsOf, type OpenDoor, type Slice } from '#platform/http/route.ts'
import type { Actor } from '#platform/permission.ts'

/** More than this at once is a wall of links: the rest opens on demand. */
export const shownAtOnce = 9

export interface HomeTasks {
  /** The one thing that this person mainly comes to do. */
  readonly button: OpenDoor | undefined
  readonly first: readonly OpenDoor[]
  readonly more: readonly OpenDoor[]
}

/** What this person can do here: the doors of all rooms that open for them, in their order. */
export function tasksFor(actor: Actor, network: Entry, slices: readonly Slice[]): HomeTasks {
  const doors = doorsOf(slices, 'home', actor, network)
  const button = doors.find(each => each.asButton)
  const links = doors.filter(each => each !== button)
  // One link behind "More" would be more work than the link itself.
  const cut = links.length <= shownAtOnce + 1 ? links.length : shownAtOnce
  return { button, first: links.slice(0, cut), more: links.slice(cut) }
}
