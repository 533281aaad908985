import { type Doing, doingOf } from '#platform/doing.ts'
import { actorOf } from '#platform/http/corridor.tsx'
import type { Someone, TestNetwork } from '#tests/network.ts'
import { askSig, type NewRequest } from './changes.ts'
import { requestPaths } from './paths.ts'

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

export interface MadeRequest {
  readonly number: number
  readonly reference: string
  readonly path: string
  step(name: string): string
  state(): Promise<string>
}

/** A request to the paediatric SIG, made with the product's own function. */
export async function aRequest(
  network: TestNetwork,
  wish: Partial<NewRequest> & { by?: Someone } = {},
): Promise<MadeRequest> {
  const by = wish.by ?? network.volunteer
  const made = await doingAs(network, by, doing =>
    askSig(doing, {
      groupId: wish.groupId ?? network.groups.paediatric,
      askerPersonId: by.id,
      kind: wish.kind ?? 'data',
      what: wish.what ?? 'How long do children wait for a scan?',
      why: wish.why ?? 'To speak about it at the board.',
      neededBy: wish.neededBy ?? null,
      how: wish.how ?? 'web',
    }),
  )
  if (!made.accepted) throw new Error(made.sentence)
  return {
    number: made.number,
    reference: made.reference,
    path: requestPaths.one(network.slug, made.reference),
    step: name => `${requestPaths.one(network.slug, made.reference)}/${name}`,
    state: async () => {
      const row = await network.inNetwork(tx =>
        tx
          .selectFrom('chair_request')
          .select('state')
          .where('number', '=', made.number)
          .executeTakeFirstOrThrow(),
      )
      return row.state
    },
  }
}
