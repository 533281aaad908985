import { type SqlBool, sql } from 'kysely'
import type { Channel } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'

/** Somebody who hears about a meeting. */
export interface Recipient {
  readonly personId: number
  readonly name: string
  readonly email: string | null
  readonly channel: Channel
}

/** Everybody of the group today, and those who come as guests: presenters and authors. */
export async function recipientsOf(
  doing: Pick<Doing, 'tx' | 'today'>,
  meeting: { readonly groupId: number; readonly guestIds: readonly number[] },
): Promise<Recipient[]> {
  return await doing.tx
    .selectFrom('person as p')
    .select(['p.id as personId', 'p.name', 'p.email', 'p.channel'])
    .where('p.left_on', 'is', null)
    .where(
      sql<SqlBool>`(p.id = any(${[...meeting.guestIds]}::integer[]) or exists (
        select from membership b where b.network_id = p.network_id and b.person_id = p.id
          and b.group_id = ${meeting.groupId} and b.from_on <= ${doing.today}
          and (b.to_on is null or b.to_on >= ${doing.today})))`,
    )
    .orderBy('p.id')
    .execute()
}
