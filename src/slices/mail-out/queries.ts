import { sql } from 'kysely'
import type { Instant, PlainDate, Tx } from '#platform/database/tables.ts'
import { troubledWays } from '#platform/delivery/troubled.ts'

export const pageLength = 25

/** An address of somebody that does not take what we send. */
export interface TroubledAddress {
  readonly personId: number
  readonly name: string
  readonly channel: 'email' | 'text'
  readonly address: string
  readonly since: Instant
  readonly words: string
  readonly dueOn: PlainDate
  readonly signsIn: boolean
  /** How they are told meanwhile; null: in no way. */
  readonly meanwhile: 'text' | 'phone' | 'post' | null
  /** Messages that wait for an address. */
  readonly waiting: number
  readonly version: number
}

const troubled = sql`
  select p.id as "personId", p.name, t.channel, case t.channel when 'email' then p.email else p.phone end as address,
    t.since, t.words, t.due_on as "dueOn", p.account_id is not null as "signsIn",
    case when p.phone is not null then case when m.kind is not null then m.kind else 'phone' end
         when p.postal_address is not null then 'post' end as meanwhile,
    (select count(*)::int from message w where w.network_id = p.network_id and w.person_id = p.id
      and w.state = 'failed' and w.came_back_at is not null) as waiting, 1 as version
  from address_trouble t join person p on p.network_id = t.network_id and p.id = t.person_id
  left join lateral (select i.channel as kind from message i where i.network_id = p.network_id and i.person_id = p.id
    and i.key like 'instead:%' order by i.id desc limit 1) m on true
  where p.left_on is null and t.channel = any(${troubledWays})`

/** Page by page, by the number of the person. */
export async function listTroubled(tx: Tx, after: number): Promise<readonly TroubledAddress[]> {
  const found = await sql<TroubledAddress>`
    ${troubled} and p.id > ${after} order by p.id, t.channel limit ${pageLength + 1}`.execute(tx)
  return found.rows
}

export async function troubleOf(tx: Tx, personId: number): Promise<TroubledAddress | undefined> {
  const found = await sql<TroubledAddress>`
    ${troubled} and p.id = ${personId} order by t.channel limit 1`.execute(tx)
  return found.rows[0]
}
