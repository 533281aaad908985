import { reference } from '#kernel/references.ts'
import type { MeetingState } from '#platform/database/tables.ts'
import { doingAs } from '#slices/actions/for-tests.ts'
import { type Handling, loadItem } from '#slices/meetings/index.ts'
import type { Someone, TestNetwork } from '#tests/network.ts'
import { castBallot, closeVote, openVote, proposeMotion } from './changes.ts'
import type { Choice, Terms } from './motion.ts'
import { votePaths } from './paths.ts'
import { loadMotion } from './store.ts'

/** An item on the agenda of the board's next meeting. */
export async function anItem(
  network: TestNetwork,
  wish: { title?: string; about?: string; handling?: Handling; meetingId?: number } = {},
): Promise<{ id: number; path: string }> {
  return await network.inNetwork(async tx => {
    const meetingId = wish.meetingId ?? network.meetingId
    const meeting = await tx
      .selectFrom('meeting')
      .select('number')
      .where('id', '=', meetingId)
      .executeTakeFirstOrThrow()
    const { id } = await tx
      .insertInto('agenda_item')
      .values({
        network_id: network.id,
        meeting_id: meetingId,
        position: 7,
        standing: null,
        title: wish.title ?? 'Letters in large print',
        about: wish.about ?? '',
        asked: 'decide',
        minutes: 10,
        presenter_person_id: null,
        raised_by_person_id: null,
        raised_at: network.house.clock.now(),
        state: 'on-agenda',
        handling: wish.handling ?? 'board',
        moved_to_meeting_id: null,
        opened_at: null,
        closed_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id, path: `/${network.slug}/meetings/${reference('M', meeting.number)}/items/${id}` }
  })
}

export async function meetingIs(network: TestNetwork, state: MeetingState): Promise<void> {
  await network.inNetwork(tx =>
    tx.updateTable('meeting').set({ state }).where('id', '=', network.meetingId).execute(),
  )
}

const plainTerms: Terms = {
  text: 'The board asks each Trust to send letters in large print.',
  kind: 'for-against',
  options: [],
  manner: 'open',
  isSecret: false,
  majority: 'simple',
  countedOf: 'votes',
  castingVote: false,
}

export interface MadeMotion {
  readonly number: number
  readonly path: string
  state(): Promise<string>
}

/** A motion, made with the product's own functions: a draft, or opened by the chair. */
export async function aMotion(
  network: TestNetwork,
  wish: { terms?: Partial<Terms>; open?: boolean; itemId?: number; by?: Someone } = {},
): Promise<MadeMotion> {
  const itemId = wish.itemId ?? (await anItem(network)).id
  const number = await doingAs(network, wish.by ?? network.boardChair, async doing => {
    const meeting = await doing.tx
      .selectFrom('meeting as m')
      .innerJoin('agenda_item as i', join =>
        join.onRef('i.network_id', '=', 'm.network_id').onRef('i.meeting_id', '=', 'm.id'),
      )
      .select('m.number')
      .where('i.id', '=', itemId)
      .executeTakeFirstOrThrow()
    const item = await loadItem(
      doing,
      { meeting: reference('M', meeting.number), item: itemId },
      { forChange: false },
    )
    const done = await proposeMotion(doing, item!, { ...plainTerms, ...wish.terms })
    if (!done.accepted) throw new Error(done.sentence)
    return done.state.number
  })
  if (wish.open) {
    await doingAs(network, network.boardChair, async doing => {
      const motion = (await loadMotion(doing, number, 'item'))!
      const written = motion.it.terms.manner === 'written'
      const done = await openVote(doing, motion, written ? doing.now.add({ hours: 24 * 7 }) : null)
      if (!done.accepted) throw new Error(done.sentence)
    })
  }
  return {
    number,
    path: votePaths.one(network.slug, reference('V', number)),
    state: async () => {
      const row = await network.inNetwork(tx =>
        tx.selectFrom('motion').select('state').where('number', '=', number).executeTakeFirstOrThrow(),
      )
      return row.state
    },
  }
}

export async function votesOn(
  network: TestNetwork,
  motion: MadeMotion,
  person: Someone,
  ...choice: Choice
): Promise<string> {
  return await doingAs(network, person, async doing => {
    const loaded = (await loadMotion(doing, motion.number, 'motion', person.id))!
    const done = await castBallot(doing, loaded, person.id, choice)
    if (!done.accepted) throw new Error(done.sentence)
    return done.state.receipt
  })
}

export async function closes(network: TestNetwork, motion: MadeMotion): Promise<void> {
  await doingAs(network, network.boardChair, async doing => {
    const done = await closeVote(doing, (await loadMotion(doing, motion.number, 'motion'))!)
    if (!done.accepted) throw new Error(done.sentence)
  })
}

/** An interest of this person meets the item: as the chair decided, or nobody yet. */
export async function aConflict(
  network: TestNetwork,
  itemId: number,
  person: Someone,
  outcome: 'none' | 'noted' | 'speaks' | 'leaves' | 'no-paper' | null,
): Promise<void> {
  await network.inNetwork(tx =>
    tx
      .insertInto('conflict')
      .values({
        network_id: network.id,
        item_id: itemId,
        person_id: person.id,
        interest_id: null,
        found_by: 'chair',
        why: 'Works for the maker',
        person_says: null,
        outcome,
        decided_by_person_id: outcome === null ? null : network.boardChair.id,
        decided_at: outcome === null ? null : network.house.clock.now(),
        found_at: network.house.clock.now(),
      })
      .execute(),
  )
}
