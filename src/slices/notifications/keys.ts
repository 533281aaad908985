import webpush from 'web-push'
import { boxOf } from '#platform/box.ts'
import type { Pool, Tx } from '#platform/database/tables.ts'
import type { House } from '#platform/house.ts'
import './tables.ts'

export interface PushKeys {
  readonly publicKey: string
  readonly privateKey: string
}

/**
 * By these keys the services of browsers' makers know this installation (RFC 8292). Made once, when first asked for; the
 * private one is shut with the installation's secret. When nothing opens it any more there are new ones, and each device
 * has to be added again.
 */
export async function pushKeys(
  house: House,
  /** The page's own transaction: a page that waits for a second connection stands still when all are taken. */
  pool: Pool | Tx = house.database.pool,
): Promise<PushKeys> {
  const box = boxOf(house, 'push key', 'push')
  const kept = () => pool.selectFrom('push_key').selectAll().executeTakeFirst()
  let row = await kept()
  const opened = row && box.open(row.private_key, row.public_key)
  if (row && opened !== undefined) {
    // While the secret is changed: so that it opens without the old one, too (R75).
    if (house.secretBefore) {
      await pool
        .updateTable('push_key')
        .set({ private_key: box.shut(opened, row.public_key) })
        .where('public_key', '=', row.public_key)
        .execute()
    }
    return { publicKey: row.public_key, privateKey: opened }
  }
  const made = webpush.generateVAPIDKeys()
  const values = {
    public_key: made.publicKey,
    private_key: box.shut(made.privateKey, made.publicKey),
    made_at: house.clock.now(),
  }
  if (row) {
    house.log.warn({}, 'the key for notifications cannot be opened any more: there is a new one')
    await pool.updateTable('push_key').set(values).where('public_key', '=', row.public_key).execute()
  } else {
    await pool
      .insertInto('push_key')
      .values(values)
      .onConflict(on => on.column('id').doNothing())
      .execute()
  }
  // Another process may have been first.
  row = await kept()
  const privateKey = row && box.open(row.private_key, row.public_key)
  if (!row || privateKey === undefined) throw new Error('no key for notifications')
  return { publicKey: row.public_key, privateKey }
}
