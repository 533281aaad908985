import { doingAs } from '#slices/chair-requests/for-tests.ts'
import type { Someone, TestNetwork } from '#tests/network.ts'
import { askPeople, makeTask, type NewTask } from './changes.ts'
import { taskPaths } from './paths.ts'

export { doingAs }

/** A task of the team, made with the product's own functions. */
export async function aTask(
  network: TestNetwork,
  wish: Partial<NewTask> & { asks?: readonly Someone[] } = {},
): Promise<{ number: number; reference: string; path: string }> {
  const { asks = [], ...given } = wish
  return await doingAs(network, network.coordinator, async doing => {
    const made = await makeTask(doing, {
      title: 'Read a letter',
      what: 'Read the new letter and say what is not clear.',
      gives: 'You see it before anybody else.',
      minutes: 60,
      places: 1,
      openTo: 'asked',
      neededBy: null,
      ...given,
    })
    if (!made.accepted) throw new Error(made.sentence)
    if (asks.length > 0) {
      const asked = await askPeople(
        doing,
        made.number,
        asks.map(each => each.id),
      )
      if (!asked.accepted) throw new Error(asked.sentence)
    }
    return { ...made, path: taskPaths.one(network.slug, made.reference) }
  })
}
