import { sql } from 'kysely'
import { settleCameBack } from '#platform/delivery/came-back.ts'
import { doingAt, personId, type World } from './world.ts'

/** The past was told already: what went out is sent, calls and letters of old are done, and two mails did not arrive. */
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
  // One mailbox was closed: what came back is told in another way, and the team asks for an address that works.
  const back = settled.now.subtract({ hours: 26 })
  await sql`update message set ${sql.raw(cameBack)}, came_back_at = ${back}
            where network_id = ${settled.networkId} and id = (
              select id from message where network_id = ${settled.networkId} and channel = 'email' and state = 'sent'
                and person_id = ${personId(world, 'Ewan Tidebrook')} and about_kind not in ('account', 'concern')
                and sent_at < ${back} order by id desc limit 1)`.execute(tx)
  await settleCameBack(doingAt(world, undefined, back))
}

const cameBack = `state = 'came-back', came_back_words = 'The mailbox was closed.', came_back_for = 'address'`
