import { addStandingItems } from '#slices/meetings/index.ts'
import { doingAt, type World } from './world.ts'

/** What planning a meeting gives it: its standing items. */
export async function layOutAgendas(world: World): Promise<void> {
  for (const { id, startsAt } of [...world.settled.meetings.values()].flat()) {
    await addStandingItems(doingAt(world, undefined, startsAt.subtract({ hours: 24 * 60 })), id)
  }
}
