import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Entry } from '../database/connect.ts'
import type { Instant, Tx } from '../database/tables.ts'
import { doingOf } from '../doing.ts'
import type { House } from '../house.ts'
import type { DueWork, Reminder, Slice } from '../http/route.ts'
import { onceOnly, type Telling } from '../outbox.ts'

/**
 * Does what the clock says is due, in every network: each slice says what, and reminders for one person become
 * one message (LOOP-16: a digest rather than ten mails). Harmless when run twice.
 */
export async function runDue(house: House, slices: readonly Slice[]): Promise<void> {
  const today = house.clock.today()
  for (const { slug } of await house.database.pool
    .selectFrom('network')
    .select('slug')
    .orderBy('id')
    .execute()) {
    await house.database.enter({ slug, accountId: undefined, today }, async (tx, network) => {
      if (!network) return
      // One worker at a time in a network: the second waits, then finds it done.
      await sql`select pg_advisory_xact_lock(740118, ${network.id})`.execute(tx)
      await dueInNetwork(house, tx, network, slices)
    })
  }
}

/**
 * One network's turn, in a transaction that has entered it.
 * @param at another time than now: only the demo tells a past
 */
export async function dueInNetwork(
  house: House,
  tx: Tx,
  network: Entry,
  slices: readonly Slice[],
  at?: Instant,
): Promise<void> {
  const reminders: Reminder[] = []
  const doing = doingOf(house, tx, network, undefined, at)
  const work: DueWork = {
    ...doing,
    remind: async reminder => {
      if (await onceOnly(tx, network.id, reminder.key, reminder.personId, doing.now)) reminders.push(reminder)
    },
  }
  for (const slice of slices) await slice.due?.(work)
  await doing.tell(...digests(reminders, network.slug))
}

function digests(reminders: readonly Reminder[], slug: string): Telling[] {
  const people = new Map<number, Reminder[]>()
  for (const each of reminders) people.set(each.personId, [...(people.get(each.personId) ?? []), each])
  return [...people].map(([personId, list]) => {
    const keys = list.map(each => each.key).sort()
    const one = list.length === 1
    return {
      key: `digest:${personId}:${createHash('sha256').update(keys.join('\n')).digest('hex').slice(0, 24)}`,
      personId,
      kind: 'digest',
      subject: one ? 'something needs you' : `${list.length} things need you`,
      paragraphs: [
        one ? 'Something needs you:' : `${list.length} things need you:`,
        ...list.map(each => `• ${each.sentence}`),
      ],
      link: {
        path: one ? list[0]!.path : `/${slug}/home`,
        words: one ? 'See it and answer here' : 'See all of it here',
      },
      short: one ? 'Something needs you.' : `${list.length} things need you.`,
      about: { kind: 'digest', id: String(personId) },
    }
  })
}
