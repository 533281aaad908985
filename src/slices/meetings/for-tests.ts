import { doingAs } from '#slices/actions/for-tests.ts'
import type { TestNetwork } from '#tests/network.ts'
import { turnToItem } from './item-changes.ts'
import { meetingPaths } from './paths.ts'
import { openTheMeeting, setTheAgenda } from './running.tsx'
import { loadMeeting, type NewMeeting, planMeeting } from './store.ts'

export { doingAs }

export interface MadeMeeting {
  readonly id: number
  readonly reference: string
  readonly path: string
  step(which: string): string
  /** The ids of its items, by title. */
  items(): Promise<Record<string, number>>
  item(title: string): Promise<string>
  state(): Promise<string>
}

/** A meeting of the board with its standing items, planned by the co-ordinator with the product's own function. */
export async function aMeeting(
  network: TestNetwork,
  wish: Partial<NewMeeting> & { inDays?: number } = {},
): Promise<MadeMeeting> {
  const { inDays = 15, ...given } = wish
  const { id, number } = await doingAs(network, network.coordinator, doing =>
    planMeeting(doing, {
      groupId: network.groups.board,
      title: 'Operational Board, the next one',
      startsAt: doing.now.add({ hours: 24 * inDays }),
      minutesLong: 120,
      kind: 'online',
      link: 'https://example.org/join',
      ...given,
    }),
  )
  const reference = `M-${number}`
  const items = async () =>
    Object.fromEntries(
      (
        await network.inNetwork(tx =>
          tx.selectFrom('agenda_item').select(['id', 'title']).where('meeting_id', '=', id).execute(),
        )
      ).map(each => [each.title, each.id]),
    )
  return {
    id,
    reference,
    path: meetingPaths.one(network.slug, reference),
    step: which => meetingPaths.step(network.slug, reference, which),
    items,
    item: async title => meetingPaths.item(network.slug, reference, (await items())[title]!),
    state: async () => {
      const row = await network.inNetwork(tx =>
        tx.selectFrom('meeting').select('state').where('id', '=', id).executeTakeFirstOrThrow(),
      )
      return row.state
    },
  }
}

export interface HeldMeeting extends MadeMeeting {
  /** The group turns to this item. */
  opens(network: TestNetwork, title: string): Promise<void>
}

/** A meeting that begins now, with its agenda set. */
export async function aHeldMeeting(
  network: TestNetwork,
  wish: Parameters<typeof aMeeting>[1] = {},
): Promise<HeldMeeting> {
  const meeting = await aMeeting(network, { inDays: 0, ...wish })
  await doingAs(network, network.boardChair, async doing => {
    for (const step of [setTheAgenda, openTheMeeting]) {
      const loaded = await loadMeeting(doing, meeting.reference, { forChange: true })
      const done = await step(doing, loaded!)
      if (!done.accepted) throw new Error(done.sentence)
    }
  })
  return {
    ...meeting,
    opens: async (there, title) =>
      await doingAs(there, there.boardChair, async doing => {
        const loaded = await loadMeeting(doing, meeting.reference, { forChange: true })
        const done = await turnToItem(doing, loaded!, (await meeting.items())[title]!)
        if (!done.accepted) throw new Error(done.sentence)
      }),
  }
}

export { loadMeeting }
