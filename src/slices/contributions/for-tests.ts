import type { Someone, TestNetwork } from '#tests/network.ts'
import { bringTo } from './brought-for-tests.ts'
import type { State } from './contribution.ts'
import { doingAs } from './doing-for-tests.ts'
import { contributionPaths } from './paths.ts'
import type { ContributionKind, Naming } from './tables.ts'
import { receiveContribution } from './writing/receive.ts'

export { doingAs }

export interface WishedContribution {
  readonly by: Someone
  readonly words?: string
  readonly kind?: ContributionKind
  readonly naming?: Naming
  /** The group it is meant for; left out is "I don't know". */
  readonly wishedGroupId?: number | null
  readonly about?: { priorityId?: number; siteId?: number; projectId?: number }
  /** Brought there by the real steps, today; 'ended-unanswered' moves the clock on. Left out is 'received'. */
  readonly state?: State
}

export interface MadeContribution {
  readonly id: number
  readonly number: number
  readonly reference: string
  readonly receiptCode: string
  /** Its page. */
  readonly path: string
  /** A step's page: `step('withdraw')`. */
  step(name: string): string
  /** In the words of the code: 'received', 'closed' … */
  state(): Promise<string>
}

/** A contribution that is there already, made with the product's own functions. */
export async function aContribution(
  network: TestNetwork,
  wish: WishedContribution,
): Promise<MadeContribution> {
  const received = await doingAs(network, wish.by, doing =>
    receiveContribution(doing, {
      personId: wish.by.id,
      kind: wish.kind ?? 'idea',
      words: wish.words ?? 'The letters should say how long the scan takes.',
      naming: wish.naming ?? 'named',
      wishedGroupId: wish.wishedGroupId ?? null,
      ...(wish.about ? { about: wish.about } : {}),
    }),
  )
  await bringTo(network, received.number, wish.by, wish.state ?? 'received')
  return {
    ...received,
    path: contributionPaths.one(network.slug, received.reference),
    step: name => contributionPaths.do(network.slug, received.reference, name),
    state: async () => {
      const row = await network.inNetwork(tx =>
        tx.selectFrom('contribution').select('state').where('id', '=', received.id).executeTakeFirstOrThrow(),
      )
      return row.state
    },
  }
}
