import { reference } from '#kernel/references.ts'
import type { Doing } from '#platform/doing.ts'
import { loadMeeting } from '#slices/meetings/index.ts'
import { decide, loadItemMinutes, minuteItem, proposeCorrection, sendDraft } from '#slices/minutes/index.ts'

/** The minutes of a meeting of the board that was held, with a decision and a correction that waits for an answer. */
export async function addMinutes(doing: Doing): Promise<Record<string, Record<string, string>[]>> {
  const { tx } = doing
  const past = await tx
    .selectFrom('meeting as m')
    .innerJoin('membership as k', join =>
      join.onRef('k.network_id', '=', 'm.network_id').onRef('k.group_id', '=', 'm.group_id'),
    )
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'k.network_id').onRef('p.id', '=', 'k.person_id'),
    )
    .innerJoin('agenda_item as i', join =>
      join.onRef('i.network_id', '=', 'm.network_id').onRef('i.meeting_id', '=', 'm.id'),
    )
    .select(['m.id', 'm.number', 'm.group_id', 'p.id as personId', 'p.name', 'p.known_as', 'i.id as itemId'])
    .where('k.role', '=', 'chair')
    .where('m.starts_at', '<', doing.now)
    .where('m.state', 'in', ['planned', 'held'])
    .where('i.state', '=', 'on-agenda')
    .orderBy('m.starts_at')
    .orderBy('i.id')
    .executeTakeFirst()
  if (!past) return {}
  const as: Doing = {
    ...doing,
    actor: {
      networkId: doing.network.id,
      personId: past.personId,
      name: past.name,
      knownAs: past.known_as,
      posts: [],
      memberships: [{ groupId: past.group_id, role: 'chair', voting: true, lay: false }],
      trustIds: [],
    },
  }
  await tx.updateTable('meeting').set({ state: 'held' }).where('id', '=', past.id).execute()
  await tx
    .insertInto('attendance')
    .values({
      network_id: doing.network.id,
      meeting_id: past.id,
      person_id: past.personId,
      state: 'present',
      recorded_by_person_id: past.personId,
      at: doing.now,
    })
    .onConflict(on => on.doNothing())
    .execute()
  const meeting = reference('M', past.number)
  const item = () => loadItemMinutes(as, { meeting, item: past.itemId }, { forChange: true })
  const minuted = await minuteItem(as, (await item())!, {
    said: 'All were welcome.',
    saidInPrivate: '',
    considered: [],
    actions: [],
  })
  if (!minuted.accepted) throw new Error(minuted.sentence)
  const decided = await decide(as, (await item())!, {
    text: 'Meetings begin with a minute of quiet.',
    because: 'People asked for it.',
    reviewOn: doing.today.add({ days: 90 }),
    motionId: null,
    insteadOfId: null,
    contributionIds: [],
  })
  if (!decided.accepted) throw new Error(decided.sentence)
  const held = async () => (await loadMeeting(as, meeting, { forChange: true }))!
  for (const step of [
    await sendDraft(as, await held()),
    await proposeCorrection(as, await held(), { words: 'It began later.', itemId: null }),
  ]) {
    if (!step.accepted) throw new Error(step.sentence)
  }
  const correction = await tx
    .selectFrom('minutes_correction')
    .select('id')
    .where('meeting_id', '=', past.id)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return {
    '/:network/decisions/:number': [{ number: String(decided.number) }],
    '/:network/meetings/:meeting/minutes/corrections/:correction': [
      { meeting, correction: String(correction.id) },
    ],
  }
}
