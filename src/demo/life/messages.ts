import { sql } from 'kysely'
import type { World } from './world.ts'
import { personId } from './world.ts'

/** The past was told already: what went out is sent, calls and letters of old are done, and two mails came back. */
export async function settleMessages(world: World): Promise<void> {
  const { tx, settled } = world
  await sql`update message set state = 'sent', sent_at = created_at + interval '1 minute', tries = 1
            where network_id = ${settled.networkId} and state = 'waiting'`.execute(tx)
  const team = settled.slug === 'wmin' ? 'co-ordinator' : 'other-co-ordinator'
  await sql`update message set state = 'done', sent_at = created_at + interval '5 hours',
              done_by_person_id = ${personId(world, team)}
            where network_id = ${settled.networkId} and state = 'by-hand'
              and created_at < ${settled.now.subtract({ hours: 24 * 12 })}`.execute(tx)
  if (settled.slug !== 'wmin') return
  await sql`update message set state = 'failed', sent_at = null, tries = 18,
              last_error = '550 mailbox full', next_try_at = created_at + interval '72 hours'
            where network_id = ${settled.networkId} and id in (
              select id from message where network_id = ${settled.networkId} and channel = 'email' and state = 'sent'
                and person_id in (${personId(world, 'Ewan Tidebrook')}, ${personId(world, 'Geraint Foxcote')})
                and created_at < ${settled.now.subtract({ hours: 24 * 4 })}
              order by id desc limit 2)`.execute(tx)
}
