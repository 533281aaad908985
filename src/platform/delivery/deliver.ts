import type { Instant } from '../database/tables.ts'
import type { House } from '../house.ts'
import { errorFacts } from '../log.ts'
import type { Senders } from './senders.ts'

/** R40: tried again for 72 hours, then it is the team's to see. */
export const hoursOfTrying = 72
const longestWaitMinutes = 6 * 60

/**
 * Sends everything that waits, in every network, oldest first. Any number of workers share the work.
 *
 * A mail server and a database have no common commit, so a message takes two transactions. The first marks it
 * `sending`. The second holds its row while it is handed over, and writes what came of it. A row that is `sending`
 * and that nobody holds was left by a crash in just that moment: whether it went out cannot be known. It is sent
 * once more under the same Message-ID, by which mailboxes fold the second into the first (at least once, and not
 * told twice). A message that was merely waiting when a worker died has never gone out, and one that is being
 * sent, however slowly, is held by its worker and left alone by the others.
 * @returns how many were handled
 */
export async function deliverWaiting(house: House, senders: Senders): Promise<number> {
  let handled = 0
  for (const network of await house.database.pool
    .selectFrom('network')
    .select('id')
    .orderBy('id')
    .execute()) {
    while (
      (await claim(house, network.id, senders)) ||
      // What a crash left behind comes after what waits.
      (await handOver(house, network.id, senders, undefined))
    ) {
      handled += 1
    }
  }
  return handled
}

/** Marks the oldest waiting message `sending` and hands it over. @returns false when none waits */
async function claim(house: House, networkId: number, senders: Senders): Promise<boolean> {
  const claimed = await house.database.network(networkId, async tx => {
    const message = await tx
      .selectFrom('message')
      .select(['id', 'channel'])
      .where('state', '=', 'waiting')
      .where('next_try_at', '<=', house.clock.now())
      .orderBy('next_try_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!message) return undefined
    const state = senders.byChannel[message.channel] ? 'sending' : 'by-hand'
    await tx.updateTable('message').set({ state }).where('id', '=', message.id).execute()
    return { id: message.id, state }
  })
  if (claimed?.state === 'sending') await handOver(house, networkId, senders, claimed.id)
  return claimed !== undefined
}

/** Sends a claimed message, or one that a crash left. @returns false when there is none, or another worker has it */
async function handOver(
  house: House,
  networkId: number,
  senders: Senders,
  id: number | undefined,
): Promise<boolean> {
  return await house.database.network(networkId, async tx => {
    const message = await tx
      .selectFrom('message')
      .selectAll()
      .where('state', '=', 'sending')
      .$if(id !== undefined, query => query.where('id', '=', id!))
      .orderBy('next_try_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!message) return false
    const now = house.clock.now()
    const tries = message.tries + 1
    const save = (change: object) =>
      tx
        .updateTable('message')
        .set({ ...change, tries })
        .where('id', '=', message.id)
        .execute()
    const { channel } = message
    if (id === undefined) house.log.warn({ channel, tries }, 'sent again after a crash')
    try {
      const send = senders.byChannel[channel]
      if (!send) throw new Error(`nothing sends ${channel} here`)
      await send(message)
    } catch (error) {
      const given = giveUp(message.trying_since ?? message.created_at, tries, now)
      await save({ ...given, last_error: plainError(error) })
      house.metrics.delivered(channel, given.state === 'failed' ? 'failed' : 'again')
      house.log.warn({ channel, tries, ...errorFacts(error) }, 'not delivered')
      return true
    }
    // A code to sign in is for one pair of eyes: once sent, it stands nowhere (the demo's outbox is for reading).
    const spent = message.kind === 'sign-in' && house.mode === 'production' ? { body: '' } : {}
    await save({ state: 'sent', sent_at: now, last_error: null, ...spent })
    house.metrics.delivered(channel, 'sent')
    return true
  })
}

/** Waits twice as long after each try, at most six hours. */
export function giveUp(
  since: Instant,
  tries: number,
  now: Instant,
): { state: 'waiting' | 'failed'; next_try_at: Instant } {
  const wait = Math.min(2 ** tries, longestWaitMinutes)
  const next = now.add({ minutes: wait })
  const ends = since.add({ hours: hoursOfTrying })
  return { state: next.epochMilliseconds > ends.epochMilliseconds ? 'failed' : 'waiting', next_try_at: next }
}

/** For the team's page: what a mail server said, shortened, without anybody's address. */
function plainError(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error)
  return words.replace(/[^\s<>]+@[^\s<>]+/g, '(address)').slice(0, 200)
}
