import type { Doing } from '#platform/doing.ts'
import { addStandingItems } from '#slices/meetings/index.ts'

/** The demonstration's meetings get what planning one gives: its standing items. */
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
}
