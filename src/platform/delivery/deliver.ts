import type { Instant, Tx } from '../database/tables.ts'
import type { House } from '../house.ts'
import { errorFacts } from '../log.ts'
import type { Senders } from './senders.ts'

/** R40: tried again for 72 hours, then it is the team's to see. */
export const hoursOfTrying = 72
const longestWaitMinutes = 6 * 60

/**
 * Sends everything that waits, in every network, oldest first. Each message in a transaction of its own that
 * holds its row, so that any number of workers share the work and none sends the same one at the same time.
 * @returns how many were sent
 */
export async function deliverWaiting(house: House, senders: Senders): Promise<number> {
  let sent = 0
  for (const network of await house.database.pool
    .selectFrom('network')
    .select('id')
    .orderBy('id')
    .execute()) {
    while (await house.database.network(network.id, tx => deliverNext(tx, house, senders))) sent += 1
  }
  return sent
}

async function deliverNext(tx: Tx, house: House, senders: Senders): Promise<boolean> {
  const now = house.clock.now()
  const message = await tx
    .selectFrom('message')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('next_try_at', '<=', now)
    .orderBy('next_try_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!message) return false
  const save = (change: object) =>
    tx.updateTable('message').set(change).where('id', '=', message.id).execute()
  const send = senders.byChannel[message.channel]
  if (!send) {
    await save({ state: 'by-hand' })
    return true
  }
  try {
    await send(message)
    await save({ state: 'sent', sent_at: now, tries: message.tries + 1, last_error: null })
    house.metrics.delivered(message.channel, 'sent')
  } catch (error) {
    const given = giveUp(message.created_at, message.tries + 1, now)
    await save({ ...given, tries: message.tries + 1, last_error: plainError(error) })
    house.metrics.delivered(message.channel, given.state === 'failed' ? 'failed' : 'again')
    house.log.warn(
      { channel: message.channel, tries: message.tries + 1, ...errorFacts(error) },
      'not delivered',
    )
  }
  return true
}

/** Waits twice as long after each try, at most six hours. */
export function giveUp(
  createdAt: Instant,
  tries: number,
  now: Instant,
): { state: 'waiting' | 'failed'; next_try_at: Instant } {
  const wait = Math.min(2 ** tries, longestWaitMinutes)
  const next = now.add({ minutes: wait })
  const ends = createdAt.add({ hours: hoursOfTrying })
  return { state: next.epochMilliseconds > ends.epochMilliseconds ? 'failed' : 'waiting', next_try_at: next }
}

/** For the team's page: what a mail server said, shortened, without anybody's address. */
function plainError(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error)
  return words.replace(/[^\s<>]+@[^\s<>]+/g, '(address)').slice(0, 200)
}
