import { Temporal } from 'temporal-polyfill'
import webpush from 'web-push'
import type { Entry } from '#platform/database/connect.ts'
import type { Instant, Tx } from '#platform/database/tables.ts'
import { doingOf } from '#platform/doing.ts'
import type { House } from '#platform/house.ts'
import { actorOf } from '#platform/http/corridor.tsx'
import type { Slice } from '#platform/http/route.ts'
import { sayIn } from '#platform/languages/message.ts'
import { offeredBy } from '#platform/languages/offered.ts'
import { isOutside, type Posted, post } from '#platform/outside.ts'
import { afterQuiet } from '#platform/preferences.ts'
import { needsOf } from '#slices/home/index.ts'
import { boxOf, type PushDevice } from './devices.ts'
import { type PushKeys, pushKeys } from './keys.ts'
import { openReach } from './reach.ts'

/** Long enough to send: a worker that died meanwhile is followed by another one. */
const leaseMinutes = 5
const minutesAfterTry = [1, 5, 30, 2 * 60]
/** What is that old is on the home page by now. */
const secondsKept = 24 * 3600
/** A device that could not be reached for so long is gone. */
const daysUntilRemoved = 14

interface Due {
  readonly device: PushDevice
  readonly lease: Instant
  readonly slug: string
}

/** Every device that is due, in every network. @returns how many were told */
export async function tellDevices(house: House, slices: readonly Slice[]): Promise<number> {
  const waits = await house.database.pool.selectFrom('network').select(['id', 'slug']).orderBy('id').execute()
  let keys: PushKeys | undefined
  let told = 0
  for (const { id, slug } of waits) {
    for (let next = await claim(house, id, slug); next; next = await claim(house, id, slug)) {
      keys ??= await pushKeys(house)
      if (await tellOne(house, slices, keys, id, next)) told += 1
    }
  }
  return told
}

/** Takes the next one, for a while: no row is held while somebody else's server takes its time. */
async function claim(house: House, networkId: number, slug: string): Promise<Due | undefined> {
  const now = house.clock.now()
  const lease = now.add({ minutes: leaseMinutes })
  return await house.database.network(networkId, async tx => {
    for (;;) {
      const device = await tx
        .selectFrom('push_device')
        .selectAll()
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .limit(1)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst()
      if (!device) return undefined
      const wait = await quietUntil(tx, device.person_id, now)
      await tx
        .updateTable('push_device')
        .set({ due_at: wait ?? lease })
        .where('id', '=', device.id)
        .execute()
      if (!wait) return { device, lease, slug }
    }
  })
}

/** Nothing rings in somebody's quiet hours, whatever it is: it says nothing that could not wait. */
async function quietUntil(tx: Tx, personId: number, now: Instant): Promise<Instant | undefined> {
  const wish = await tx
    .selectFrom('preference')
    .select(['quiet_from', 'quiet_until'])
    .where('person_id', '=', personId)
    .executeTakeFirst()
  const after = wish && afterQuiet(now, wish)
  return after && Temporal.Instant.compare(after, now) > 0 ? after : undefined
}

async function remove(house: House, networkId: number, id: number): Promise<void> {
  await house.database.network(networkId, tx => tx.deleteFrom('push_device').where('id', '=', id).execute())
}

async function tellOne(
  house: House,
  slices: readonly Slice[],
  keys: PushKeys,
  networkId: number,
  due: Due,
): Promise<boolean> {
  const { device } = due
  const ready = await whatToSay(house, slices, due)
  // Nobody's any more, over, or shut with a secret that is gone.
  if (!ready) {
    await remove(house, networkId, device.id)
    return false
  }
  // The demonstration sends nothing to the outside: what is written counts as told.
  const answer: Posted =
    house.mode === 'demo' && !house.alsoReaches
      ? { arrived: true, status: 201, error: '' }
      : await send(house, keys, ready)
  if (answer.status === 404 || answer.status === 410) {
    // Its browser has taken the permission back (RFC 8030, 7.3).
    await remove(house, networkId, device.id)
    return false
  }
  await house.database.network(networkId, tx => note(tx, house.clock.now(), due, answer.arrived))
  house.metrics.delivered('device', answer.arrived ? 'sent' : 'again')
  if (!answer.arrived) house.log.warn({ status: answer.status }, 'a device was not told')
  return answer.arrived
}

interface Ready {
  readonly reach: { endpoint: string; p256dh: string; auth: string }
  readonly payload: string
}

/** The short name of the network, that there is something, and how much: no word of anything (R42). */
async function whatToSay(
  house: House,
  slices: readonly Slice[],
  { device, slug }: Due,
): Promise<Ready | undefined> {
  const accountOf = await house.database.network(device.network_id, tx =>
    tx
      .selectFrom('person')
      .select('account_id')
      .where('id', '=', device.person_id)
      .where('left_on', 'is', null)
      .executeTakeFirst(),
  )
  if (!accountOf?.account_id || (device.ends && !(await isSignedIn(house, accountOf.account_id))))
    return undefined
  const door = { slug, accountId: accountOf.account_id, today: house.clock.today() }
  return await house.database.enter(door, async (tx, entry) => {
    const actor = entry && actorOf(entry)
    if (!entry || actor?.personId !== device.person_id) return undefined
    const doing = doingOf(house, tx, entry, actor)
    const reach = openReach(boxOf(doing), device)
    if (!reach) return undefined
    const payload = JSON.stringify({
      title: entry.shortName,
      body: inTheirLanguage(entry),
      to: `/${slug}/home?sign-in`,
      needs: await needsOf(doing, actor, slices),
    })
    return { reach, payload }
  })
}

/** The same in each language: it says nothing of what. */
function inTheirLanguage(entry: Entry): string {
  const words = 'There is something new for you.'
  const language = offeredBy(entry).find(each => each === entry.language)
  return language ? sayIn(language, {}, () => {})(words) : words
}

/** Somewhere: whoever signed out everywhere is told nothing more where that ends with signing out. */
async function isSignedIn(house: House, accountId: string): Promise<boolean> {
  const session = await house.database.pool
    .selectFrom('session')
    .select('id')
    .where('account_id', '=', accountId)
    .limit(1)
    .executeTakeFirst()
  return session !== undefined
}

async function send(house: House, keys: PushKeys, { reach, payload }: Ready): Promise<Posted> {
  try {
    const publicUrl = house.publicUrl()
    const { endpoint, body, headers } = webpush.generateRequestDetails(
      { endpoint: reach.endpoint, keys: { p256dh: reach.p256dh, auth: reach.auth } },
      payload,
      {
        TTL: secondsKept,
        // A newer one takes the place of one that has not been fetched yet.
        topic: 'waiting',
        contentEncoding: 'aes128gcm',
        vapidDetails: {
          // Whom to ask when something is wrong with what comes from here.
          subject: publicUrl.startsWith('https:') ? publicUrl : 'mailto:no-reply@example.org',
          ...keys,
        },
      },
    )
    const small = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])
    return await post(endpoint, body!, Object.fromEntries(small), {
      allows: address => isOutside(address) || house.alsoReaches?.(address) === true,
    })
  } catch (error) {
    return { arrived: false, status: null, error: error instanceof Error ? error.message : String(error) }
  }
}

/** What came of it. What was written for this person in the meantime stays due. */
async function note(tx: Tx, now: Instant, { device, lease }: Due, arrived: boolean): Promise<void> {
  const tries = device.tries + 1
  const minutes = minutesAfterTry[tries - 1]
  const since = device.failing_since ?? now
  const gone = !arrived && Temporal.Instant.compare(since.add({ hours: 24 * daysUntilRemoved }), now) <= 0
  if (gone) {
    await tx.deleteFrom('push_device').where('id', '=', device.id).execute()
    return
  }
  const again = arrived || minutes === undefined ? null : now.add({ minutes })
  await tx
    .updateTable('push_device')
    .set({
      ...(arrived ? { told_at: now } : {}),
      failing_since: arrived ? null : since,
      tries: again ? tries : 0,
    })
    .where('id', '=', device.id)
    .execute()
  await tx
    .updateTable('push_device')
    .set({ due_at: again })
    .where('id', '=', device.id)
    .where('due_at', '=', lease)
    .execute()
}
