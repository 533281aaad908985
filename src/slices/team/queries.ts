import { sql } from 'kysely'
import type { MessageState, PlainDate, Tx } from '#platform/database/tables.ts'
import type { Message } from '#platform/outbox.ts'

export interface TeamCounts {
  readonly applications: number
  readonly applicationsLate: number
  readonly toAcknowledge: number
  readonly toAcknowledgeLate: number
  readonly calls: number
  readonly letters: number
  readonly failed: number
  readonly viewsLate: number
  readonly actionsLate: number
  readonly requestsLate: number
}

/** Messages that wait for the team: to be made by hand, or to be tried again. */
export type MessageCounts = Pick<TeamCounts, 'calls' | 'letters' | 'failed'>
const messageCounts = sql<MessageCounts>`
      (select count(*) from message where state = 'by-hand' and channel <> 'post') as calls,
      (select count(*) from message where state = 'by-hand' and channel = 'post') as letters,
      (select count(*) from message where state = 'failed') as failed`
export const messagesForTheTeam = sql<MessageCounts>`select ${messageCounts}`

/** All that waits for the team, counted in one statement. */
export async function teamCounts(tx: Tx, today: PlainDate): Promise<TeamCounts> {
  const found = await sql<TeamCounts>`
    select
      (select count(*) from application where due_on is not null) as applications,
      (select count(*) from application where due_on < ${today}) as "applicationsLate",
      (select count(*) from contribution where state = 'received') as "toAcknowledge",
      (select count(*) from contribution where state = 'received' and due_on < ${today}) as "toAcknowledgeLate",
      ${messageCounts},
      (select count(*) from contribution where due_on < ${today} and waits_for not in ('nobody', 'contributor'))
        as "viewsLate",
      (select count(*) from action where state in ('open', 'asked-for-another-date') and due_on < ${today})
        as "actionsLate",
      (select count(*) from chair_request where waits_for <> 'nobody' and due_on < ${today}) as "requestsLate"`.execute(
    tx,
  )
  return found.rows[0]!
}

export interface ListedMessage extends Message {
  readonly name: string | null
}

export const pageLength = 25

interface Which {
  readonly state?: MessageState
  /** Only those before this id. */
  readonly from?: number | undefined
}

/** Messages with whom they are for, newest first. */
export async function listMessages(tx: Tx, which: Which): Promise<ListedMessage[]> {
  const { state, from } = which
  return await tx
    .selectFrom('message as m')
    .leftJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'm.network_id').onRef('p.id', '=', 'm.person_id'),
    )
    .selectAll('m')
    .select('p.name')
    .$if(state !== undefined, query => query.where('m.state', '=', state!))
    .$if(from !== undefined, query => query.where('m.id', '<', from!))
    .orderBy('m.id', 'desc')
    .limit(pageLength + 1)
    .execute()
}

export interface OneMessage extends ListedMessage {
  readonly largePrint: boolean
  readonly doneBy: string | null
  /** The message that came back, which this one is told instead of. */
  readonly instead_of: number | null
  readonly notes: readonly { reached: boolean; words: string; by: string; at: string }[]
}

export async function oneMessage(
  tx: Tx,
  id: number,
  how: { forChange: boolean },
): Promise<OneMessage | undefined> {
  return await tx
    .selectFrom('message as m')
    .leftJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'm.network_id').onRef('p.id', '=', 'm.person_id'),
    )
    .selectAll('m')
    .select([
      'p.name',
      sql<boolean>`coalesce(p.large_print, false)`.as('largePrint'),
      sql<string | null>`(select d.name from person d where d.network_id = m.network_id
        and d.id = m.done_by_person_id)`.as('doneBy'),
      sql<number | null>`(select b.id::int from message b where b.network_id = m.network_id
        and b.told_instead_id = m.id limit 1)`.as('instead_of'),
      sql<OneMessage['notes']>`coalesce((select jsonb_agg(jsonb_build_object('reached', n.reached,
          'words', n.words, 'by', b.name, 'at', n.at) order by n.id)
        from message_note n join person b on b.network_id = n.network_id and b.id = n.by_person_id
        where n.network_id = m.network_id and n.message_id = m.id), '[]')`.as('notes'),
    ])
    .where('m.id', '=', id)
    .$if(how.forChange, query => query.forUpdate('m'))
    .executeTakeFirst()
}
