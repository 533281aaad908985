import { aMeeting, doingAs, type HeldMeeting, loadMeeting } from '#slices/meetings/for-tests.ts'
import {
  endMeeting,
  giveItemAPlace,
  type Handling,
  loadItem,
  type Mark,
  markAttendance,
  openTheMeeting,
  raiseItem,
  setTheAgenda,
  turnToItem,
} from '#slices/meetings/index.ts'
import type { Someone, TestNetwork } from '#tests/network.ts'

export { doingAs }

export interface ItemWish {
  readonly title: string
  readonly handling?: Handling
  readonly contributionIds?: readonly number[]
  readonly by?: Someone
}

/** A meeting of the board that is on, with these items besides the standing ones, and these people there. */
export async function aMeetingWith(
  network: TestNetwork,
  wish: { items?: readonly ItemWish[]; there?: readonly Someone[]; inDays?: number; title?: string } = {},
): Promise<HeldMeeting> {
  const meeting = await aMeeting(network, {
    inDays: wish.inDays ?? 0,
    ...(wish.title ? { title: wish.title } : {}),
  })
  const loaded = async (doing: Parameters<typeof loadMeeting>[0]) =>
    (await loadMeeting(doing, meeting.reference, { forChange: true }))!
  for (const item of wish.items ?? []) {
    const id = await doingAs(network, item.by ?? network.boardMember, async doing => {
      const raised = await raiseItem(doing, await loaded(doing), {
        title: item.title,
        about: 'People asked for it.',
        asked: 'decide',
        minutes: 10,
        wished: item.handling === 'public' ? 'public' : 'board',
        contributionIds: item.contributionIds ?? [],
      })
      if (!raised.accepted) throw new Error(raised.sentence)
      return raised.id
    })
    await doingAs(network, network.boardChair, async doing => {
      const its = await loadItem(doing, { meeting: meeting.reference, item: id }, { forChange: true })
      const placed = await giveItemAPlace(doing, its!, {
        minutes: 10,
        asked: 'decide',
        presenterPersonId: network.boardMember.id,
        presenterWords: '',
        handling: item.handling ?? 'public',
        handlingReason: item.handling && item.handling !== 'public' ? 'It names a firm.' : '',
        readerIds: [],
      })
      if (!placed.accepted) throw new Error(placed.sentence)
    })
  }
  await doingAs(network, network.boardChair, async doing => {
    for (const step of [setTheAgenda, openTheMeeting]) {
      const done = await step(doing, await loaded(doing))
      if (!done.accepted) throw new Error(done.sentence)
    }
    if (wish.there?.length) {
      const marks = new Map(wish.there.map((each): [number, Mark] => [each.id, 'online']))
      const done = await markAttendance(doing, await loaded(doing), marks)
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

export async function ends(network: TestNetwork, meeting: HeldMeeting): Promise<void> {
  await doingAs(network, network.boardChair, async doing => {
    const done = await endMeeting(doing, (await loadMeeting(doing, meeting.reference, { forChange: true }))!)
    if (!done.accepted) throw new Error(done.sentence)
  })
}
