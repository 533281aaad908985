import type { Doing } from '#platform/doing.ts'
import { addStandingItems, loadMeeting, raiseItem } from '#slices/meetings/index.ts'

/** The demonstration's meetings get what planning one gives, their standing items; a volunteer asks for one more. */
export async function addAgendas(doing: Doing): Promise<void> {
  const bare = await doing.tx
    .selectFrom('meeting')
    .select('id')
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('agenda_item as i')
            .select('i.id')
            .whereRef('i.network_id', '=', 'meeting.network_id')
            .whereRef('i.meeting_id', '=', 'meeting.id'),
        ),
      ),
    )
    .execute()
  for (const { id } of bare) await addStandingItems(doing, id)
  const next = await doing.tx
    .selectFrom('meeting as m')
    .innerJoin('membership as v', join =>
      join.onRef('v.network_id', '=', 'm.network_id').onRef('v.group_id', '=', 'm.group_id'),
    )
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'v.network_id').onRef('p.id', '=', 'v.person_id'),
    )
    .select(['m.number', 'p.id as volunteerId'])
    .where('p.demo_key', 'in', ['volunteer-1', 'other-volunteer'])
    .where('m.state', '=', 'planned')
    .where('m.starts_at', '>', doing.now)
    .orderBy('m.starts_at')
    .limit(1)
    .executeTakeFirst()
  const meeting = next && (await loadMeeting(doing, next.number, { forChange: true }))
  if (!meeting) return
  const raised = await raiseItem(doing, meeting, {
    title: 'Letters after a scan',
    about: 'People wait for them too long.',
    asked: 'discuss',
    minutes: 10,
    wished: 'public',
    contributionIds: [],
  })
  if (!raised.accepted) throw new Error(raised.sentence)
  await doing.tx
    .updateTable('agenda_item')
    .set({ raised_by_person_id: next.volunteerId })
    .where('id', '=', raised.id)
    .execute()
}
