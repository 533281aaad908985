import { happened } from '#kernel/decision.ts'
import type { Row, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { hashOfToken } from '#platform/seal.ts'
import { type DeviceReach, hashOfReach, shutReach } from './reach.ts'
import './tables.ts'

export const mostDevices = 10

export type PushDevice = Row<'push_device'>

export const boxOf = (doing: Doing) => doing.box('push device', String(doing.network.id))

export const devicesOf = (tx: Tx, personId: number): Promise<PushDevice[]> =>
  tx.selectFrom('push_device').selectAll().where('person_id', '=', personId).orderBy('id').execute()

/**
 * From the next message on. A device that is there already is the same one: it now belongs to whoever is signed in on it.
 * @param given.ends with the next sign-out in this browser, known by its token, the device is told nothing more
 */
export async function addDevice(
  doing: Doing,
  given: { personId: number; name: string; reach: DeviceReach; token: string; ends: boolean },
): Promise<void> {
  const values = {
    person_id: given.personId,
    name: given.name,
    reach: shutReach(boxOf(doing), given.reach),
    device_hash: hashOfToken(given.token),
    ends: given.ends,
    added_at: doing.now,
    told_at: null,
    due_at: null,
    tries: 0,
    failing_since: null,
  }
  const { id } = await doing.tx
    .insertInto('push_device')
    .values({ network_id: doing.network.id, reach_hash: hashOfReach(given.reach), ...values })
    .onConflict(on => on.columns(['network_id', 'reach_hash']).doUpdateSet(values))
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'push-device', id }, [happened('added')])
}

/** One's own only. */
export async function loadDevice(
  tx: Tx,
  personId: number | undefined,
  given: string | undefined,
  how: { forChange: boolean },
): Promise<PushDevice | undefined> {
  if (personId === undefined || !/^\d{1,9}$/.test(given ?? '')) return undefined
  return await tx
    .selectFrom('push_device')
    .selectAll()
    .where('id', '=', Number(given))
    .where('person_id', '=', personId)
    .$if(how.forChange, query => query.forUpdate())
    .executeTakeFirst()
}

export async function removeDevice(doing: Doing, id: number): Promise<void> {
  await doing.tx.deleteFrom('push_device').where('id', '=', id).execute()
  await doing.happened({ kind: 'push-device', id }, [happened('removed')])
}
