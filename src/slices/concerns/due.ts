import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { addWorkingDays, isLate } from '#kernel/calendar/working-days.ts'
import { clockOn } from '#kernel/clocks.ts'
import type { PlainDate, Tables } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { DueWork, LeavingChoices } from '#platform/http/route.ts'
import { settingOf } from '#platform/network-settings.ts'
import { columnsOf, handBack } from './changes.ts'
import { type Concern, endWithoutWord, isToBeDeleted, waitsFor } from './concern.ts'
import { withEyes } from './eyes.ts'
import { monthsKept } from './kept.ts'
import { houseMark, unwrap, wrapFor } from './keys.ts'
import { tellPrivately } from './messages.ts'
import { everReaders } from './readers.ts'
import { stillReads } from './start.tsx'
import { readConcern } from './store.ts'

/**
 * The clock has no eyes of its own here and looks with those of the readers: it reminds them, ends what nobody said a
 * word on, tells whoever raised it when nobody reads it any more, wraps keys anew after a change of the house's secret,
 * and deletes what has been kept long enough.
 */
export async function concernsDue(work: DueWork): Promise<void> {
  const { tx, today, network } = work
  const mark = houseMark(work)
  const readers = await everReaders(tx)
  if (readers.length === 0) return
  await withEyes(tx, { readers }, async () => {
    const found =
      await sql<Row>`select c.id, c.ref, c.version, c.state, c.acknowledge_by, c.acknowledged_on, c.plan_by,
        c.planned_on, c.support_offered_on, c.support_answer, c.word_by, c.end_how, c.ended_on, c.held_since, c.raiser_person_id,
        c.reader_ids,
        array(select r.person_id from concern_reader r where r.network_id = c.network_id and r.concern_id = c.id
          and r.until_at is null and ${stillReads(today)} order by r.id) as reading,
        exists (select from concern_key k where k.network_id = c.network_id and k.concern_id = c.id
          and k.holder <> 'code' and k.house_mark <> ${mark}) as old_keys
      from concern c order by c.id`.execute(tx)
    const endedBefore = today.subtract({ months: settingOf(network, monthsKept) })
    for (const row of found.rows) {
      if (row.old_keys) await wrapAnew(work, row)
      if (isToBeDeleted({ endedOn: row.ended_on, heldSince: row.held_since }, endedBefore)) {
        await tx.deleteFrom('concern').where('id', '=', row.id).execute()
      } else if (row.state !== 'ended') await dueOfOne(work, row)
    }
  })
}

type Row = Pick<
  Tables['concern'],
  | 'ref'
  | 'version'
  | 'state'
  | 'acknowledge_by'
  | 'acknowledged_on'
  | 'plan_by'
  | 'planned_on'
  | 'support_offered_on'
  | 'support_answer'
  | 'word_by'
  | 'end_how'
  | 'ended_on'
  | 'held_since'
  | 'raiser_person_id'
  | 'reader_ids'
> & { readonly id: number; readonly reading: readonly number[]; readonly old_keys: boolean }

async function dueOfOne(work: DueWork, row: Row): Promise<void> {
  const it: Concern = {
    state: row.state,
    acknowledgeBy: row.acknowledge_by,
    acknowledgedOn: row.acknowledged_on,
    planBy: row.plan_by,
    plannedOn: row.planned_on,
    supportOfferedOn: row.support_offered_on,
    supportAnswer: row.support_answer,
    wordBy: row.word_by,
    endHow: row.end_how,
    endedOn: row.ended_on,
    heldSince: row.held_since,
  }
  const over = endWithoutWord(it, work.when)
  if (over.accepted) {
    await work.tx
      .updateTable('concern')
      .set({ ...columnsOf(over.state), version: row.version + 1 })
      .where('id', '=', row.id)
      .execute()
    return
  }
  const turn = waitsFor(it)
  if (turn.side === 'reader' && turn.by) {
    for (const personId of row.reading) await remind(work, row.ref, personId, turn.by)
  }
  if (row.raiser_person_id !== null && row.reading.length === 0) {
    await tellPrivately(work, [row.raiser_person_id], row.ref, `nobody-reads:${row.reader_ids.join(',')}`)
  }
}

/** The day before it is due, and when it is late: once each, and never in a digest that others could see. */
async function remind(work: DueWork, ref: string, personId: number, by: PlainDate): Promise<void> {
  const before = addWorkingDays(work.today, clockOn('remind-before', work.today, work.network.clocks))
  if (isLate(by, work.today)) await tellPrivately(work, [personId], ref, `late:${by}`)
  else if (Temporal.PlainDate.compare(by, before) <= 0)
    await tellPrivately(work, [personId], ref, `soon:${by}`)
}

async function wrapAnew(work: DueWork, { id, ref }: { id: number; ref: string }): Promise<void> {
  const keys = await work.tx
    .selectFrom('concern_key')
    .select(['holder', 'wrapped'])
    .where('concern_id', '=', id)
    .where('holder', '<>', 'code')
    .execute()
  const first = keys[0]
  const key = first && unwrap(work, ref, Number(first.holder.slice('person:'.length)), first.wrapped)
  if (!key) return
  for (const { holder } of keys) {
    const holderId = Number(holder.slice('person:'.length))
    await work.tx
      .updateTable('concern_key')
      .set({ wrapped: wrapFor(work, ref, holderId, key), house_mark: houseMark(work) })
      .where('concern_id', '=', id)
      .where('holder', '=', holder)
      .execute()
  }
}

/** Whoever leaves reads nothing any more; what they raised goes on without them. */
export async function leaveConcerns(doing: Doing, personId: number, _choices: LeavingChoices): Promise<void> {
  // Who was the independent contact is it no more, and how to reach them is not public any more (R9).
  await doing.tx
    .updateTable('independent_contact')
    .set({ reach: '', to_on: doing.today.subtract({ days: 1 }) })
    .where('person_id', '=', personId)
    .execute()
  await withEyes(doing.tx, { personId }, async () => {
    const refs = await doing.tx
      .selectFrom('concern_reader as r')
      .innerJoin('concern as c', join =>
        join.onRef('c.network_id', '=', 'r.network_id').onRef('c.id', '=', 'r.concern_id'),
      )
      .select('c.ref')
      .where('r.person_id', '=', personId)
      .where('r.until_at', 'is', null)
      .where('c.state', '<>', 'ended')
      .execute()
    const person = await doing.tx
      .selectFrom('person')
      .select(['name', 'known_as'])
      .where('id', '=', personId)
      .executeTakeFirst()
    const actor = {
      networkId: doing.network.id,
      personId,
      name: person?.name ?? '',
      knownAs: person?.known_as ?? '',
      posts: [],
      memberships: [],
      trustIds: [],
    }
    for (const { ref } of refs) {
      const theirs: Doing = { ...doing, actor }
      const found = await readConcern(theirs, ref)
      if (found) await handBack(theirs, found, 'They left the network.')
    }
  })
}
