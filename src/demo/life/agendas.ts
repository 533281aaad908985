import { addStandingItems } from '#slices/meetings/index.ts'
import { doingAt, type World } from './world.ts'

/** What planning a meeting gives it: its standing items. Those that were held before the service came have none. */
export async function layOutAgendas(world: World): Promise<void> {
  const ahead = [...world.settled.meetings.values()].flat().filter(each => each.inDays >= 0)
  for (const { id } of ahead) {
    await addStandingItems(doingAt(world, undefined, world.settled.now.subtract({ hours: 24 * 27 })), id)
  }
}
