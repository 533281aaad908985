import { type Doing, doingOf } from '#platform/doing.ts'
import { actorOf } from '#platform/http/corridor.tsx'
import type { Someone, TestNetwork } from '#tests/network.ts'

/** Runs a step as this person (nobody: the clock), in one transaction of its own, as the corridor would. */
export async function doingAs<T>(
  network: Pick<TestNetwork, 'house' | 'slug'>,
  person: Pick<Someone, 'accountId'> | undefined,
  work: (doing: Doing) => Promise<T>,
): Promise<T> {
  const { house } = network.house
  return await house.database.enter(
    { slug: network.slug, accountId: person?.accountId, today: house.clock.today() },
    async (tx, entry) => await work(doingOf(house, tx, entry!, actorOf(entry!))),
  )
}
