import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { placesOfMarks, withMarks, withoutMarks } from '#kernel/text/theirs.ts'
import type { Entry } from '../database/connect.ts'
import type { Instant, Tx } from '../database/tables.ts'
import { doingOf } from '../doing.ts'
import type { House } from '../house.ts'
import type { DueWork, Reminder, Slice } from '../http/route.ts'
import { onceOnly, type Telling } from '../outbox.ts'
import { digestAt } from '../preferences.ts'
import { forgetOldCounts } from '../rate-limit.ts'
import { settleCameBack } from './came-back.ts'

/**
 * Does what the clock says is due, in every network: each slice says what, and reminders for one person become
 * one message (LOOP-16: a digest rather than ten mails). Harmless when run twice.
 */
export async function runDue(house: House, slices: readonly Slice[]): Promise<void> {
  const today = house.clock.today()
  await forgetOldCounts(house, Temporal.Now.instant())
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
  await settleCameBack(doing)
  const wishes = await wishesFor(doing)
  // Nothing is asked of somebody who rests; what is still so afterwards is said then.
  const resting = new Set(wishes.resting)
  const work: DueWork = {
    ...doing,
    remind: async reminder => {
      if (resting.has(reminder.personId)) return
      if (await onceOnly(tx, network.id, reminder.key, reminder.personId, doing.now)) reminders.push(reminder)
    },
  }
  for (const slice of slices) await slice.due?.(work)
  await doing.tell(...digests(await forNow(doing, reminders, wishes), network.slug))
}

interface Wishes {
  readonly resting: readonly number[]
  /** Who wants one message a day or a week. */
  readonly digests: readonly { readonly personId: number; readonly digest: 'daily' | 'weekly' }[]
  /** What was kept until now: it is taken out here, in the transaction of the message that tells it. */
  readonly ripe: readonly (Reminder & { readonly marks: readonly (readonly [number, number])[] })[]
}

/** In one statement, since every run of the clock asks it. */
async function wishesFor({ tx, today, now }: Pick<DueWork, 'tx' | 'today' | 'now'>): Promise<Wishes> {
  const found = await sql<Wishes>`
    with resting as (
      select id from person where paused_from <= ${today} and (paused_until is null or paused_until >= ${today})
    ), ripe as (
      delete from reminder_held where send_at <= ${now} and person_id not in (select id from resting)
      returning id, person_id, key, sentence, marks, path
    )
    select coalesce((select jsonb_agg(id) from resting), '[]') as resting,
      coalesce((select jsonb_agg(jsonb_build_object('personId', person_id, 'digest', digest)) from preference
        where digest <> 'as-it-comes'), '[]') as digests,
      coalesce((select jsonb_agg(jsonb_build_object('personId', person_id, 'key', key, 'sentence', sentence,
        'marks', marks, 'path', path) order by id) from ripe), '[]') as ripe`.execute(tx)
  return found.rows[0]!
}

/**
 * Who wants one message a day or a week gets it then (PEOPLE-19): what comes in between is kept until its morning.
 * @returns what goes out now
 */
async function forNow(
  { tx, now, network }: Pick<DueWork, 'tx' | 'now' | 'network'>,
  reminders: readonly Reminder[],
  wishes: Wishes,
): Promise<Reminder[]> {
  const wishOf = new Map(wishes.digests.map(each => [each.personId, each.digest]))
  const held = reminders.flatMap(each => {
    const digest = wishOf.get(each.personId)
    return digest ? [{ ...each, sendAt: digestAt(now, digest) }] : []
  })
  if (held.length > 0) {
    await tx
      .insertInto('reminder_held')
      .values(
        held.map(each => ({
          network_id: network.id,
          person_id: each.personId,
          key: each.key,
          sentence: withoutMarks(each.sentence),
          marks: JSON.stringify(placesOfMarks(each.sentence)),
          path: each.path,
          send_at: each.sendAt,
        })),
      )
      .execute()
  }
  const ripe = wishes.ripe.map(({ marks, ...each }) => ({
    ...each,
    sentence: withMarks(each.sentence, marks),
  }))
  return [...ripe, ...reminders.filter(each => !wishOf.has(each.personId))]
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
