import { sql } from 'kysely'
import type { Channel, Instant, PlainDate, Tx } from '#platform/database/tables.ts'
import { anotherWay, type Ways } from '#platform/delivery/another-way.ts'
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
  /** How they are told meanwhile; undefined: in no way. */
  readonly meanwhile: Channel | undefined
  /** Messages that wait for an address. */
  readonly waiting: number
}

interface Found extends Omit<TroubledAddress, 'meanwhile' | 'address'>, Ways {}

const troubled = sql`
  select p.id as "personId", p.name, t.channel, p.email, p.phone, p.postal_address, ${troubledWays} as troubled,
    t.since, t.words, t.due_on as "dueOn", p.account_id is not null as "signsIn",
    (select count(*)::int from message w where w.network_id = p.network_id and w.person_id = p.id
      and w.state = 'failed' and w.came_back_at is not null) as waiting
  from address_trouble t join person p on p.network_id = t.network_id and p.id = t.person_id
  where p.left_on is null and t.channel = any(${troubledWays})`

const read = ({ email, phone, postal_address, troubled, ...found }: Found): TroubledAddress => ({
  ...found,
  address: (found.channel === 'email' ? email : phone) ?? '',
  meanwhile: anotherWay({ email, phone, postal_address, troubled })?.channel,
})

/** Page by page, by the number of the person. */
export async function listTroubled(tx: Tx, after: number): Promise<readonly TroubledAddress[]> {
  const found = await sql<Found>`
    ${troubled} and p.id > ${after} order by p.id, t.channel limit ${pageLength + 1}`.execute(tx)
  return found.rows.map(read)
}

export async function troubleOf(tx: Tx, personId: number): Promise<TroubledAddress | undefined> {
  const found = await sql<Found>`
    ${troubled} and p.id = ${personId} order by t.channel limit 1`.execute(tx)
  return found.rows.map(read)[0]
}
