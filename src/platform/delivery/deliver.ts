import { setTimeout as wait } from 'node:timers/promises'
import type { Instant, Tx } from '../database/tables.ts'
import { doingOf } from '../doing.ts'
import type { House } from '../house.ts'
import { errorFacts } from '../log.ts'
import { cameBackNow, settleCameBack } from './came-back.ts'
import { waitForPace } from './pace.ts'
import { CameBack, GoesByHand } from './refusal.ts'
import type { HandedOver, Senders, SendersByChannel } from './senders.ts'

/** R40: tried again for 72 hours, then it is the team's to see. */
export const hoursOfTrying = 72
const longestWaitMinutes = 6 * 60
/** A worker that waits for the pace of e-mails goes home after this; the next sweep goes on. */
const longestRunSeconds = 50

interface At {
  readonly house: House
  readonly senders: Senders
  readonly network: { readonly id: number; readonly slug: string }
  readonly pace: Pace
}

/** How e-mails keep their pace in this run. */
interface Pace {
  /** Of `performance.now()`: no e-mail before. */
  notBefore: number
}

/**
 * Sends everything that waits, in every network, oldest first and one of each network in turn. Any number of workers share
 * the work.
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
  const ends = performance.now() + longestRunSeconds * 1000
  const pace: Pace = { notBefore: 0 }
  let networks = await house.database.pool
    .selectFrom('network')
    .select(['id', 'slug'])
    .orderBy('id')
    .execute()
  while (networks.length > 0) {
    const busy: typeof networks = []
    const before = handled
    for (const network of networks) {
      const at = { house, senders, network, pace }
      // What a crash left behind comes after what waits.
      const outcome = (await claim(at)) || (await handOver(at, undefined))
      if (outcome) busy.push(network)
      if (outcome === 'handled') handled += 1
    }
    networks = busy
    if (busy.length === 0 || handled > before) continue
    // Nothing but e-mails that keep their pace.
    const pause = Math.max(1, pace.notBefore - performance.now())
    if (performance.now() + pause > ends) break
    await wait(pause)
  }
  return handled
}

/** `early`: there is an e-mail, and its time has not come. */
type Outcome = 'handled' | 'early' | false

/** What sends here, with what this network has set up for itself. */
async function sendersHere({ house, senders, network }: At, tx: Tx): Promise<SendersByChannel> {
  const { byChannel, ofNetwork } = senders
  if (!ofNetwork) return byChannel
  return { ...byChannel, ...(await ofNetwork({ house, tx, networkId: network.id }, byChannel)) }
}

/** Whether the next e-mail may go out now; then it counts. */
async function mayGo(tx: Tx, { senders, pace }: At): Promise<boolean> {
  if (!senders.mailPerMinute) return true
  const pause = await waitForPace(tx, senders.mailPerMinute)
  if (pause > 0) pace.notBefore = performance.now() + pause
  return pause === 0
}

/** Marks the next waiting message `sending` and hands it over. @returns false when none waits */
async function claim(at: At): Promise<Outcome> {
  const { house, senders, network } = at
  const early = performance.now() < at.pace.notBefore
  const claimed = await house.database.network(network.id, async tx => {
    const next = tx
      .selectFrom('message')
      .select(['id', 'channel'])
      .where('state', '=', 'waiting')
      .where('next_try_at', '<=', house.clock.now())
      // Somebody sits before the page and waits for a code.
      .$if(senders.mailPerMinute !== undefined, query =>
        query.orderBy(eb => eb('kind', '=', 'sign-in'), 'desc'),
      )
      .orderBy('next_try_at')
      .orderBy('id')
      .limit(1)
      .forUpdate()
      .skipLocked()
    const message =
      (early ? await next.where('channel', '<>', 'email').executeTakeFirst() : undefined) ??
      (await next.executeTakeFirst())
    if (!message) return undefined
    const sends = (await sendersHere(at, tx))[message.channel] !== undefined
    if (sends && message.channel === 'email' && (early || !(await mayGo(tx, at)))) return 'early'
    const state = sends ? 'sending' : 'by-hand'
    await tx.updateTable('message').set({ state }).where('id', '=', message.id).execute()
    return { id: message.id, state }
  })
  if (!claimed) return false
  if (claimed === 'early') return 'early'
  if (claimed.state === 'sending') await handOver(at, claimed.id)
  return 'handled'
}

/** Sends a claimed message, or one that a crash left. @returns false when there is none, or another worker has it */
async function handOver(at: At, id: number | undefined): Promise<Outcome> {
  const { house, network } = at
  const outcome = await house.database.network(network.id, async (tx): Promise<Outcome | 'came-back'> => {
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
    if (id === undefined && message.channel === 'email' && !(await mayGo(tx, at))) return 'early'
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
    let handed: HandedOver | undefined
    try {
      const send = (await sendersHere(at, tx))[channel]
      if (!send) throw new Error(`nothing sends ${channel} here`)
      handed = (await send(message, { again: id === undefined || message.tries > 0, tx })) ?? undefined
    } catch (error) {
      if (error instanceof CameBack) {
        await save({ ...cameBackNow(error.refusal, now), last_error: error.refusal.words })
        house.metrics.delivered(channel, 'failed')
        house.log.warn({ channel, tries }, 'came back')
        return 'came-back'
      }
      if (error instanceof GoesByHand) {
        await save({ state: 'by-hand', sent_by: 'hand', last_error: error.message })
        return 'handled'
      }
      const given = giveUp(message.trying_since ?? message.created_at, tries, now)
      await save({ ...given, last_error: plainError(error) })
      house.metrics.delivered(channel, given.state === 'failed' ? 'failed' : 'again')
      house.log.warn({ channel, tries, ...errorFacts(error) }, 'not delivered')
      return 'handled'
    }
    // A code to sign in is for one pair of eyes: once sent, it stands nowhere (the demo's outbox is for reading).
    const spent = message.kind === 'sign-in' && house.mode === 'production' ? { body: '', english: null } : {}
    const told = handed?.by ? { sent_by: handed.by, ask_at: now.add({ hours: 1 }) } : {}
    await save({
      state: 'sent',
      sent_at: now,
      sent_as: handed?.id ?? null,
      delivered: null,
      delivered_at: null,
      last_error: null,
      ...told,
      ...spent,
    })
    house.metrics.delivered(channel, 'sent')
    return 'handled'
  })
  if (outcome !== 'came-back') return outcome
  const entered = { slug: network.slug, accountId: undefined, today: house.clock.today() }
  await house.database.enter(entered, async (tx, entry) => {
    if (entry) await settleCameBack(doingOf(house, tx, entry, undefined))
  })
  return 'handled'
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
