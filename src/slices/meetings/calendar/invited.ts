import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { settingOf, yesNoSetting } from '#platform/network-settings.ts'
import './tables.ts'

/** From whom a calendar entry comes, and whether what is answered to it is read here. */
export interface Organiser {
  readonly name: string
  readonly email: string
  readonly reads: boolean
  /** Its mailbox takes `name+anything@…`, too. */
  readonly plus: boolean
}

/** For a network whose mail server hands e-mail over; with a mailbox of its own it is so without asking. */
export const calendarsAnswer = yesNoSetting({
  name: 'calendars-answer',
  title: 'Calendars answer invitations',
  hint: 'Yes, if e-mail to the network’s contact address comes in here. Then “Accept” and “Decline” in somebody’s calendar are counted.',
  usual: false,
})

/** The mailbox that is read; without one, the address that the network gives for questions. */
export async function organiserOf(tx: Tx, doing: Pick<Doing, 'network' | 'publicUrl'>): Promise<Organiser> {
  const found = await tx
    .selectFrom('network')
    .select(sql<string | null>`facts -> 'contact' ->> 'email'`.as('contact'))
    .select(eb =>
      eb
        .selectFrom('connection')
        .select('settings')
        .where('kind', '=', 'mail-in')
        .where('state', '=', 'on')
        .as('mailbox'),
    )
    .where('id', '=', doing.network.id)
    .executeTakeFirst()
  const { name } = doing.network
  const mailbox = found?.mailbox
  if (mailbox?.address) {
    return { name, email: mailbox.address, reads: true, plus: mailbox.plus === 'yes' }
  }
  const host = URL.parse(doing.publicUrl)?.hostname ?? 'localhost'
  return {
    name,
    email: found?.contact || `no-reply@${host}`,
    reads: Boolean(found?.contact) && settingOf(doing.network, calendarsAnswer),
    plus: false,
  }
}

/** What an entry says of one person: the key to their answer, and what they answered so far. */
interface Asked {
  readonly key: string
  readonly answer: 'coming' | 'not-sure' | 'apologies' | null
}

const askedKey = (meetingId: number, personId: number) => `${meetingId}:${personId}`
export type AskedOf = (meetingId: number, personId: number) => Asked | undefined

/** Writes down who is invited to what at which address, each with a key for life. Two statements for all of them. */
export async function askEach(
  doing: Pick<Doing, 'tx' | 'network'>,
  pairs: readonly { readonly meetingId: number; readonly personId: number; readonly email: string | null }[],
): Promise<AskedOf> {
  const reached = pairs.filter(each => each.email)
  if (reached.length === 0) return () => undefined
  await doing.tx
    .insertInto('calendar_invitation')
    .values(
      reached.map(each => ({
        network_id: doing.network.id,
        meeting_id: each.meetingId,
        person_id: each.personId,
        key: randomBytes(15).toString('hex'),
        email: each.email!,
      })),
    )
    .onConflict(on =>
      on
        .columns(['network_id', 'meeting_id', 'person_id'])
        .doUpdateSet(eb => ({ email: eb.ref('excluded.email') })),
    )
    .execute()
  const rows = await doing.tx
    .selectFrom('calendar_invitation as c')
    .leftJoin('meeting_answer as w', join =>
      join.onRef('w.meeting_id', '=', 'c.meeting_id').onRef('w.person_id', '=', 'c.person_id'),
    )
    .leftJoin('attendance as a', join =>
      join
        .onRef('a.meeting_id', '=', 'c.meeting_id')
        .onRef('a.person_id', '=', 'c.person_id')
        .on('a.state', '=', 'apologies'),
    )
    .select(['c.meeting_id', 'c.person_id', 'c.key', 'w.answer', 'a.state'])
    .where('c.meeting_id', 'in', [...new Set(reached.map(each => each.meetingId))])
    .execute()
  const found = new Map(
    rows.map(each => [
      askedKey(each.meeting_id, each.person_id),
      { key: each.key, answer: each.state === 'apologies' ? ('apologies' as const) : each.answer },
    ]),
  )
  return (meetingId, personId) => found.get(askedKey(meetingId, personId))
}

/** `loop@example.org` with the key to one person's answer: `loop+a-…@example.org`. */
export function addressFor(organiser: Organiser, key: string | undefined): string {
  const at = organiser.email.lastIndexOf('@')
  if (!organiser.plus || !key || at < 1) return organiser.email
  return `${organiser.email.slice(0, at)}+a-${key}${organiser.email.slice(at)}`
}

/** The key in an address that a calendar answered to. */
export const keyIn = (address: string): string | undefined =>
  /\+a-([0-9a-f]{30})@/i.exec(address)?.[1]?.toLowerCase()
