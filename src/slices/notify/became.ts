import { sql } from 'kysely'
import { happened } from '#kernel/decision.ts'
import { cameBackNow, settleCameBack } from '#platform/delivery/came-back.ts'
import type { Refusal } from '#platform/delivery/refusal.ts'
import { type Doing, doingOf } from '#platform/doing.ts'
import type { House } from '#platform/house.ts'
import { isForNotify } from '#platform/letter/address.ts'
import { printsWhole } from '#platform/letter/fonts.ts'
import { type Delivered, deliveredIn, notifyClient } from '#platform/notify/client.ts'
import { notifyOf } from '#platform/notify/senders.ts'
import type { Message } from '#platform/outbox.ts'
import { needRowsOf } from '#slices/support-needs/index.ts'

const refusals: Record<Exclude<Delivered, 'delivered'>, Refusal> = {
  'permanent-failure': { trouble: 'address', words: 'There is nobody at this number or address.' },
  'temporary-failure': { trouble: 'message', words: 'It could not be delivered for days.' },
  'technical-failure': { trouble: 'message', words: 'It was lost on the way.' },
}

/** What became of a message; one that did not arrive goes the way of an e-mail that came back. */
export async function noteWhatBecame(
  doing: Doing,
  told: { readonly id: string; readonly status: string },
): Promise<void> {
  const delivered = deliveredIn(told.status)
  if (!delivered) return
  const message = await doing.tx
    .selectFrom('message')
    .selectAll()
    .where('sent_as', '=', told.id)
    .where('sent_by', '=', 'notify')
    .forUpdate()
    .executeTakeFirst()
  // Told twice, or late: what was seen to stays as it is.
  if (message?.state !== 'sent' || message.delivered === delivered) return
  const save = (change: object) =>
    doing.tx
      .updateTable('message')
      .set({ ask_at: null, ...change })
      .where('id', '=', message.id)
      .execute()
  const known = { delivered, delivered_at: doing.now }
  if (delivered === 'delivered') {
    await save(known)
    return
  }
  if (message.channel === 'post') {
    await backToTheTeam(doing, message, save)
    return
  }
  const refusal =
    delivered === 'permanent-failure'
      ? {
          ...refusals[delivered],
          words: message.channel === 'text' ? 'There is no such number.' : 'There is no such mailbox.',
        }
      : refusals[delivered]
  await save({ ...known, ...cameBackNow(refusal, doing.now), last_error: refusal.words })
  await settleCameBack(doing)
}

/** A letter that Notify could not print or post: the team does. */
async function backToTheTeam(
  doing: Doing,
  message: Message,
  save: (change: object) => Promise<unknown>,
): Promise<void> {
  await save({
    state: 'by-hand',
    sent_by: 'hand',
    sent_at: null,
    sent_as: null,
    last_error: 'GOV.UK Notify could not post this letter.',
  })
  await doing.happened({ kind: 'message', id: message.id }, [happened('came-back')])
}

const mostAtOnce = 50
/** Notify forgets a message after seven days. */
const daysOfAsking = 8

/**
 * Every minute, for each network that has Notify: its letters go on their way, and what became of messages is asked for where
 * nobody has told us. Harmless when run twice.
 */
export async function notifyJobs(house: House): Promise<void> {
  const networks = await house.database.pool.selectFrom('network').select('slug').orderBy('id').execute()
  for (const { slug } of networks) {
    const door = { slug, accountId: undefined, today: house.clock.today() }
    const asked = await house.database.enter(door, async (tx, entry) => {
      const settings = entry && (await notifyOf(house, tx, entry.id))
      if (!settings) return undefined
      const doing = doingOf(house, tx, entry, undefined)
      if (settings.letter === 'yes') await giveLetters(doing)
      return { settings, open: await whatToAsk(doing) }
    })
    if (!asked) continue
    const client = notifyClient(asked.settings)
    // Outside of a transaction: the other side takes its time.
    for (const id of asked.open) {
      const status = await client.getNotificationById(id).then(
        found => found.data.status,
        () => undefined,
      )
      if (status === undefined) continue
      await house.database.enter(door, async (tx, entry) => {
        if (entry) await noteWhatBecame(doingOf(house, tx, entry, undefined), { id, status })
      })
    }
    if (asked.open.length > 0 || asked.settings.letter === 'yes') house.wakeWorker()
  }
}

/** Whose turn it is to be asked about; each is asked again six hours later, until Notify has forgotten it. */
async function whatToAsk({ tx, now }: Doing): Promise<readonly string[]> {
  const found = await sql<{ sent_as: string }>`
    update message set ask_at = case when sent_at < ${now.subtract({ hours: 24 * daysOfAsking })} then null
      else ${now.add({ hours: 6 })}::timestamptz end
    where id in (select id from message where ask_at <= ${now} and state = 'sent' and sent_by = 'notify'
      order by ask_at limit ${mostAtOnce} for update skip locked)
    returning sent_as`.execute(tx)
  return found.rows.map(each => each.sent_as)
}

const apart = needRowsOf(sql`select person_id from message where state = 'by-hand' and channel = 'post'
  and person_id is not null`)

/** Letters that Notify can take wait for it; the others are the team's, as before. */
async function giveLetters({ tx, now }: Doing): Promise<void> {
  const found = await sql<{ id: number; name: string | null; address: string; body: string }>`
    select m.id, p.name, m.address, m.body from message m
      left join person p on p.network_id = m.network_id and p.id = m.person_id
    where m.state = 'by-hand' and m.channel = 'post' and m.sent_by is null
      and m.about_kind <> all(array['account', 'sign-in', 'data-complaint', 'concern', 'own-space-private'])
      and not exists (select from ${apart} x where x."personId" = m.person_id
        and x."group" = 'format' and x.option <> 'large-print')
    order by m.id limit ${mostAtOnce} for update of m skip locked`.execute(tx)
  for (const each of found.rows) {
    const takes = isForNotify(each) && printsWhole(`${each.name}${each.address}${each.body}`)
    await tx
      .updateTable('message')
      .set(takes ? { state: 'waiting', next_try_at: now, trying_since: now } : { sent_by: 'hand' })
      .where('id', '=', each.id)
      .where('state', '=', 'by-hand')
      .execute()
  }
}
