import { sql } from 'kysely'
import type { Instant, Tx } from '#platform/database/tables.ts'
import { type Doing, doingOf } from '#platform/doing.ts'
import type { House } from '#platform/house.ts'
import { isOutside, post, type Reach } from '#platform/outside.ts'
import { postHolders } from '#platform/who-today.ts'
import { apiPaths } from './paths.ts'
import './tables.ts'
import { eventOf, isGivenUp, nextTry, signed } from './webhook.ts'

const outside: Reach = { allows: isOutside }

/** Everything that waits and is due, in every network. The demonstration sends nothing to the outside. */
export async function webhookJobs(house: House): Promise<void> {
  if (house.mode === 'production') await callWaiting(house, outside)
}

/** @returns how many calls were made */
export async function callWaiting(house: House, reach: Reach): Promise<number> {
  let made = 0
  const networks = await house.database.pool.selectFrom('network').select('slug').orderBy('id').execute()
  const door = { accountId: undefined, today: house.clock.today() }
  for (const { slug } of networks) {
    const one = () =>
      house.database.enter({ slug, ...door }, async (tx, entry) =>
        entry ? await callOne(doingOf(house, tx, entry, undefined), house, reach) : false,
      )
    while (await one()) made += 1
  }
  return made
}

/** Makes one call and writes what came of it; its row is held meanwhile, so that no other worker makes it too. */
async function callOne(doing: Doing, house: House, reach: Reach): Promise<boolean> {
  const { tx, now } = doing
  const call = await tx
    .selectFrom('webhook_call as c')
    .innerJoin('webhook as w', join =>
      join.onRef('w.network_id', '=', 'c.network_id').onRef('w.id', '=', 'c.webhook_id'),
    )
    .selectAll('c')
    .select(['w.url', 'w.secret', 'w.failing_since'])
    .where('c.state', '=', 'waiting')
    .where('c.next_try_at', '<=', now)
    .where('w.state', '=', 'on')
    .orderBy('c.next_try_at')
    .orderBy('c.id')
    .limit(1)
    .forUpdate('c')
    .skipLocked()
    .executeTakeFirst()
  if (!call) return false
  const body = await bodyOf(doing, call)
  const secret = openSecret(doing, call.secret, call.webhook_id)
  const result =
    body === undefined || secret === undefined
      ? { arrived: false, status: null, error: 'what it tells of is gone' }
      : await post(call.url, body, signed(secret, { id: call.uid, at: now, body }), reach)
  const tries = call.tries + 1
  const again = result.arrived || body === undefined ? undefined : nextTry(tries, now)
  await tx
    .updateTable('webhook_call')
    .set({
      tries,
      state: result.arrived ? 'sent' : again ? 'waiting' : 'failed',
      ...(again ? { next_try_at: again } : {}),
      last_status: result.status,
      last_error: result.error.slice(0, 300),
      sent_at: result.arrived ? now : null,
    })
    .where('id', '=', call.id)
    .execute()
  if (result.arrived) {
    await tx.updateTable('webhook').set({ failing_since: null }).where('id', '=', call.webhook_id).execute()
  } else {
    house.log.warn({ status: result.status }, 'a webhook did not arrive')
    await failed(doing, call.webhook_id, call.failing_since, result.error)
  }
  return true
}

/** An address that fails for days is switched off: it would only collect what it never takes. */
async function failed(doing: Doing, id: number, since: Instant | null, error: string): Promise<void> {
  const { tx, now, today, network } = doing
  const off = isGivenUp(since, now)
  await tx
    .updateTable('webhook')
    .set({ failing_since: since ?? now, ...(off ? { state: 'off', off_because: error.slice(0, 300) } : {}) })
    .where('id', '=', id)
    .execute()
  if (!off) return
  const { coordinators } = await postHolders(tx, today)
  await doing.tell(
    ...coordinators.map(each => ({
      key: `webhook-off:${id}:${now.epochMilliseconds}:${each.personId}`,
      personId: each.personId,
      kind: 'webhook-off',
      subject: 'another service does not hear from us any more',
      paragraphs: [
        'An address that we tell what happened has not answered for five days. We have stopped telling it.',
        'Ask whoever looks after it, and switch it on again when it works.',
      ],
      link: { path: apiPaths.webhook(network.slug, id), words: 'See it here' },
      about: { kind: 'webhook', id: String(id) },
    })),
  )
}

const references = {
  contribution: { table: 'contribution', letter: 'C', path: 'contributions' },
  action: { table: 'action', letter: 'A', path: 'actions' },
  meeting: { table: 'meeting', letter: 'M', path: 'meetings' },
  'chair-request': { table: 'chair_request', letter: 'R', path: 'requests' },
} as const

/** @returns undefined when the thing is not there any more */
async function bodyOf(
  { tx, network, publicUrl }: Doing,
  call: { event: string; thing_kind: string; thing_id: number; happened_at: Instant },
): Promise<string | undefined> {
  const event = eventOf(call.thing_kind, call.event)
  if (!event) return undefined
  const { table, letter, path } = references[event.thing]
  const found = await sql<{ number: number }>`
    select number from ${sql.table(table)} where network_id = ${network.id} and id = ${call.thing_id}`.execute(
    tx,
  )
  const row = found.rows[0]
  if (!row) return undefined
  const reference = `${letter}-${row.number}`
  return JSON.stringify({
    type: event.name,
    timestamp: call.happened_at.toString({ smallestUnit: 'millisecond' }),
    data: { reference, url: `${publicUrl}/${network.slug}/${path}/${reference}` },
  })
}

const purpose = 'webhooks'
export const shutSecret = (doing: Doing, secret: string, id: number): string =>
  doing.box(purpose, String(doing.network.id)).shut(secret, String(id))
const openSecret = (doing: Doing, shut: string, id: number): string | undefined =>
  doing.box(purpose, String(doing.network.id)).open(shut, String(id))

export async function loadWebhook(tx: Tx, given: string | undefined, how: { forChange: boolean }) {
  if (!/^\d{1,9}$/.test(given ?? '')) return undefined
  return await tx
    .selectFrom('webhook')
    .selectAll()
    .where('id', '=', Number(given))
    .$if(how.forChange, query => query.forUpdate())
    .executeTakeFirst()
}
