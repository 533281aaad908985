import { actorsOf } from '#demo/life/world.ts'
import { type Doing, doingOf } from '#platform/doing.ts'
import type { Someone, TestNetwork } from '#tests/network.ts'
import { type NewConcern, nameIndependentContact, raiseConcern } from './changes.ts'

/** Does something as somebody of the network, with nobody's eyes but what the functions themselves open. */
export async function as<Answer>(
  network: TestNetwork,
  who: Someone | undefined,
  work: (doing: Doing) => Promise<Answer>,
): Promise<Answer> {
  const { house } = network
  return await house.database.enter(
    { slug: network.slug, accountId: undefined, today: house.clock.today() },
    async (tx, entry) => {
      const actor = who && (await actorsOf(tx, network.id)).get(who.id)
      return await work(doingOf(house.house, tx, entry!, actor))
    },
  )
}

export async function aConcern(
  network: TestNetwork,
  given: Partial<NewConcern> & { by?: Someone | undefined; reader?: Someone } = {},
): Promise<string> {
  const { by, reader = network.portfolioManager, ...rest } = given
  const done = await as(network, by, doing =>
    raiseConcern(doing, {
      subject: 'Shouting in meetings',
      words: 'Somebody shouts and nobody stops it.',
      wish: '',
      aboutIds: [],
      readerId: reader.id,
      code: undefined,
      ...rest,
    }),
  )
  if (!done.accepted) throw new Error(done.sentence)
  return done.ref
}

export async function anIndependentContact(network: TestNetwork): Promise<Someone> {
  const contact = await network.aPerson({ name: 'Ines Pendent' })
  const done = await as(network, network.administrator, doing =>
    nameIndependentContact(doing, contact.id, '0121 496 0199', doing.today),
  )
  if (!done.accepted) throw new Error(done.sentence)
  return contact
}
