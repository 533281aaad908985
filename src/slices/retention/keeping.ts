import { sql } from 'kysely'
import { askTogether } from '#platform/database/questions.ts'
import type { PlainDate, Row, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { DueWork, Kept, Slice } from '#platform/http/route.ts'
import { settingOf } from '#platform/network-settings.ts'

/** Things from before this day have had their time. */
export const beforeOf = (today: PlainDate, months: number): PlainDate => today.subtract({ months })

export const keptOf = (slices: readonly Slice[]): readonly Kept[] => slices.flatMap(each => each.kept ?? [])

export async function holdsOf(tx: Tx, today: PlainDate): Promise<Row<'legal_hold'>[]> {
  return await tx
    .selectFrom('legal_hold')
    .selectAll()
    .where('from_on', '<=', today)
    .where(eb => eb.or([eb('to_on', 'is', null), eb('to_on', '>=', today)]))
    .orderBy('id')
    .execute()
}

/** What tonight would end, if nothing changes: the same question that the night itself asks. */
export async function trialRun(
  doing: Pick<Doing, 'tx' | 'network' | 'today'>,
  kept: readonly Kept[],
): Promise<ReadonlyMap<string, number>> {
  const counts = await askTogether(
    doing.tx,
    kept.map(each => each.count(beforeOf(doing.today, settingOf(doing.network, each.months)))),
  )
  return new Map(kept.map((each, at) => [each.name, counts[at]!]))
}

/**
 * Once a day: what has had its time ends, unless a hold says no; and what ended is written down in numbers (R59).
 * Harmless when run twice, since what ended is not there any more.
 */
export async function keepingDue(work: DueWork, slices: readonly Slice[]): Promise<void> {
  const { tx, network, today, now } = work
  const done = await tx.selectFrom('keeping_run').select('id').where('on_day', '=', today).executeTakeFirst()
  if (done) return
  const kept = keptOf(slices)
  const held = new Set((await holdsOf(tx, today)).map(each => each.kept))
  const due = await trialRun(work, kept)
  const counts: Record<string, number> = {}
  for (const each of kept) {
    if (held.has(each.name) || !due.get(each.name)) continue
    const ended = await each.end(work, beforeOf(today, settingOf(network, each.months)))
    if (ended > 0) counts[each.name] = ended
  }
  await tx
    .insertInto('keeping_run')
    .values({ network_id: network.id, on_day: today, at: now, counts: JSON.stringify(counts) })
    .onConflict(on => on.columns(['network_id', 'on_day']).doNothing())
    .execute()
}

export interface SetMonths {
  readonly name: string
  readonly from_on: PlainDate
  readonly value: number
  readonly by: string | null
}

/** Every time that was set, the newest first, with who set it. */
export async function monthsSet(tx: Tx, setting: string): Promise<readonly SetMonths[]> {
  const found = await sql<SetMonths>`select s.name, s.from_on, (s.value #>> '{}')::int as value, p.name as by
    from network_setting s left join person p on p.network_id = s.network_id and p.id = s.by_person_id
    where s.name = ${setting} order by s.from_on desc, s.id desc limit 50`.execute(tx)
  return found.rows
}
