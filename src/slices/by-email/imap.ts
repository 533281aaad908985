import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { ImapFlow } from 'imapflow'
import { sql } from 'kysely'
import { connectionOf, isHere, openSettingsOf } from '#platform/connections.ts'
import type { House } from '#platform/house.ts'
import type { Slice } from '#platform/http/route.ts'
import { errorFacts } from '#platform/log.ts'
import { takeInFor } from '#slices/registration/index.ts'
import { clientFor, type MailInSettings, troubleWith } from './connection.ts'
import './tables.ts'

/** Larger ones are not fetched: only what they say on the outside. */
const largestByImap = 25 * 1024 * 1024
export const takenInFolder = 'Taken in'
/** For a mailbox in which nothing can be moved. */
const takenInMark = '$TakenIn'

export interface HowRead {
  /** Between two looks where the server says nothing by itself. */
  readonly everyMs?: number
  /** Between a taking-in and its putting away: where a test breaks in. */
  readonly afterTaking?: () => Promise<void>
}

interface At extends HowRead {
  readonly house: House
  readonly rooms: () => readonly Slice[]
  readonly network: { readonly id: number; readonly slug: string }
  /** This worker's name on the mailbox. */
  readonly holder: string
  readonly signal: AbortSignal
  readonly everyMs: number
}

/**
 * Reads every network's mailbox for as long as this runs: at once where the server tells of new mail (IDLE), and each
 * minute. One worker reads one mailbox; another takes over two minutes after it was heard of last.
 */
export function readMailboxes(
  house: House,
  rooms: () => readonly Slice[],
  how: HowRead = {},
): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const { signal } = stopping
  const holder = randomUUID()
  const everyMs = how.everyMs ?? 60_000
  const watched = new Map<number, Promise<void>>()
  const running = (async () => {
    while (!signal.aborted) {
      try {
        for (const network of await networksWithMailbox(house)) {
          if (watched.has(network.id)) continue
          const at = { ...how, house, rooms, network, holder, signal, everyMs }
          watched.set(
            network.id,
            watch(at).finally(() => watched.delete(network.id)),
          )
        }
      } catch (error) {
        house.log.warn(errorFacts(error), 'mailboxes')
      }
      await pause(everyMs, signal)
    }
    await Promise.all(watched.values())
  })()
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

const pause = (ms: number, signal: AbortSignal) => wait(ms, undefined, { signal, ref: false }).catch(() => {})

async function networksWithMailbox(house: House): Promise<{ id: number; slug: string }[]> {
  const networks = await house.database.pool.selectFrom('network').select(['id', 'slug']).execute()
  const found: typeof networks = []
  for (const network of networks) {
    const has = await house.database.network(network.id, tx => openSettingsOf(tx, 'mail-in'))
    if (has) found.push(network)
  }
  return found
}

/** Until the mailbox is taken away, another worker has it, or all stops. */
async function watch(at: At): Promise<void> {
  let failures = 0
  while (!at.signal.aborted) {
    const settings = await hold(at).catch(() => undefined)
    if (!settings || (at.house.mode === 'demo' && !isHere(settings.host))) return
    const client = clientFor(settings)
    try {
      await client.connect()
      await readOn(at, client, settings, () => {
        failures = 0
      })
      await Promise.race([client.logout(), wait(2000, undefined, { ref: false })]).catch(() => {})
    } catch (error) {
      failures += 1
      at.house.log.warn({ network: at.network.id, ...errorFacts(error) }, 'mailbox')
      await note(at, troubleWith(error)).catch(() => {})
    } finally {
      client.close()
    }
    if (failures > 0) await pause(Math.min(at.everyMs, 500 * 2 ** failures), at.signal)
  }
  await letGo(at).catch(() => {})
}

async function readOn(at: At, client: ImapFlow, settings: MailInSettings, worked: () => void): Promise<void> {
  const lock = await client.getMailboxLock(settings.folder)
  // Heard from the beginning: what comes while the last one is put away is not overheard.
  const news = newsOf(client, at.signal)
  try {
    /** What stays in the folder though it was taken in: nothing can be moved or marked there. */
    const stays = new Set<number>()
    while (!at.signal.aborted) {
      const heard = news.next()
      await takeAll(at, client, settings, stays)
      await note(at, null)
      worked()
      // Without this the server is only asked for news after a while of silence.
      client.idle().catch(() => {})
      await pause(at.everyMs, heard)
      if (!client.usable) throw new Error('the connection broke')
      const now = await hold(at)
      if (!now || JSON.stringify(now) !== JSON.stringify(settings)) return
    }
  } finally {
    news.end()
    lock.release()
  }
}

/** The server tells of new mail, the connection breaks, or all stops: each ends a pause. */
function newsOf(client: ImapFlow, signal: AbortSignal) {
  let heard = new AbortController()
  const hear = () => heard.abort()
  client.on('exists', hear)
  client.on('close', hear)
  signal.addEventListener('abort', hear)
  return {
    /** Heard from now on. */
    next(): AbortSignal {
      heard = new AbortController()
      if (signal.aborted) heard.abort()
      return heard.signal
    },
    end() {
      client.off('exists', hear)
      client.off('close', hear)
      signal.removeEventListener('abort', hear)
    },
  }
}

async function takeAll(
  at: At,
  client: ImapFlow,
  settings: MailInSettings,
  stays: Set<number>,
): Promise<void> {
  // Ends IDLE, and makes the count true.
  await client.noop()
  if (!client.mailbox || client.mailbox.exists === 0) return
  const waiting: { uid: number; size: number }[] = []
  for await (const each of client.fetch('1:*', { uid: true, size: true, flags: true })) {
    if (!each.flags?.has(takenInMark) && !each.flags?.has('\\Deleted') && !stays.has(each.uid))
      waiting.push({ uid: each.uid, size: each.size ?? 0 })
  }
  for (const each of waiting) {
    if (at.signal.aborted) return
    await takeOne(at, client, settings, each, stays)
  }
}

/** First it is kept here, then it is put away there: what falls in between is known by its Message-ID and bytes. */
async function takeOne(
  at: At,
  client: ImapFlow,
  settings: MailInSettings,
  { uid, size }: { uid: number; size: number },
  stays: Set<number>,
): Promise<void> {
  const tooLarge = size > largestByImap
  const found = await client.fetchOne(
    String(uid),
    tooLarge ? { uid: true, headers: true } : { uid: true, source: true },
    { uid: true },
  )
  const raw = found && (tooLarge ? found.headers : found.source)
  // Somebody took it out of the folder meanwhile.
  if (!raw || raw.length === 0) {
    if (!client.usable) throw new Error('the connection broke')
    return
  }
  const taken = await takeInFor(
    at.house,
    at.network.slug,
    new Uint8Array(raw),
    settings.server || at.house.mailInServer,
    at.rooms(),
    { keepsUnreadable: true, ...(tooLarge ? { tooLarge: size } : {}) },
  )
  await at.afterTaking?.()
  if (taken?.kind === 'private') {
    // For few eyes: it must not lie in a folder that others can open.
    await client.messageDelete(String(uid), { uid: true })
    return
  }
  await putAway(client, uid, stays)
}

async function putAway(client: ImapFlow, uid: number, stays: Set<number>): Promise<void> {
  const at = { uid: true } as const
  const moved = await client
    .messageMove(String(uid), takenInFolder, at)
    .then(Boolean)
    .catch(() => false)
  if (moved || !client.usable) return
  const made = await client
    .mailboxCreate(takenInFolder)
    .then(() => client.messageMove(String(uid), takenInFolder, at))
    .then(Boolean)
    .catch(() => false)
  if (made || !client.usable) return
  stays.add(uid)
  await client.messageFlagsAdd(String(uid), [takenInMark, '\\Seen'], at).catch(() => false)
}

/** Two minutes without a sign of life, and another worker takes over. In real time, whatever the clock says. */
const heldFor = sql`now() + interval '2 minutes'`

/** @returns the settings, when the mailbox is this worker's to read */
function hold({ house, network, holder }: At): Promise<MailInSettings | undefined> {
  return house.database.network(network.id, async tx => {
    const settings = await connectionOf<MailInSettings>(house, tx, network.id, 'mail-in')
    if (!settings) return undefined
    const held = await sql`
      insert into mailbox (network_id, holder, held_until) values (${network.id}, ${holder}, ${heldFor})
      on conflict (network_id) do update set holder = excluded.holder, held_until = excluded.held_until
        where mailbox.holder = excluded.holder or mailbox.held_until < now()
      returning network_id`.execute(tx)
    return held.rows.length > 0 ? settings : undefined
  })
}

async function note({ house, network, holder }: At, trouble: string | null): Promise<void> {
  await house.database.network(network.id, tx =>
    tx
      .updateTable('mailbox')
      .set(trouble === null ? { trouble, seen_at: house.clock.now() } : { trouble })
      .where('holder', '=', holder)
      .execute(),
  )
}

/** The next worker need not wait. */
async function letGo({ house, network, holder }: At): Promise<void> {
  await house.database.network(network.id, tx =>
    sql`update mailbox set held_until = now() where holder = ${holder}`.execute(tx),
  )
}
