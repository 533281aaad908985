import { reference } from '#kernel/references.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { nextNumber } from '#platform/references.ts'

export async function openAction(
  doing: Doing,
  given: {
    contributionId: number
    considerationId: number
    groupId: number
    what: string
    ownerPersonId: number
    dueOn: PlainDate
  },
): Promise<string> {
  const number = await nextNumber(doing.tx, doing.network.id, 'action', 301)
  await doing.tx
    .insertInto('action')
    .values({
      network_id: doing.network.id,
      number,
      contribution_id: given.contributionId,
      consideration_id: given.considerationId,
      group_id: given.groupId,
      what: given.what,
      owner_person_id: given.ownerPersonId,
      due_on: given.dueOn,
      state: 'open',
      state_data: '{}',
      made_at: doing.now,
    })
    .execute()
  return reference('A', number)
}
