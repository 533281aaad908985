import { actorsOf } from '#demo/life/world.ts'
import { type Doing, doingOf } from '#platform/doing.ts'
import type { Someone, TestNetwork } from '#tests/network.ts'

export async function as<Answer>(
  network: TestNetwork,
  who: Someone,
  work: (doing: Doing) => Promise<Answer>,
): Promise<Answer> {
  const { house } = network
  return await house.database.enter(
    { slug: network.slug, accountId: undefined, today: house.clock.today() },
    async (tx, entry) =>
      await work(doingOf(house.house, tx, entry!, (await actorsOf(tx, network.id)).get(who.id))),
  )
}
