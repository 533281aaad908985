import { type SqlBool, sql } from 'kysely'
import type { Channel, Tx } from '#platform/database/tables.ts'
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

/** From whom the calendar entries come: the address that the network gives for questions. */
export async function organiserOf(
  tx: Tx,
  doing: Pick<Doing, 'network' | 'publicUrl'>,
): Promise<{ name: string; email: string }> {
  const found = await tx
    .selectFrom('network')
    .select(sql<string | null>`facts -> 'contact' ->> 'email'`.as('email'))
    .where('id', '=', doing.network.id)
    .executeTakeFirst()
  const host = URL.parse(doing.publicUrl)?.hostname ?? 'localhost'
  return { name: doing.network.name, email: found?.email || `no-reply@${host}` }
}
