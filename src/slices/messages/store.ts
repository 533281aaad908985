import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Happened } from '#kernel/decision.ts'
import type { Channel, Instant } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { keptPromise } from '#platform/kept-promise.ts'
import { holdersOf, idsOf, type Leader, leadersOf } from '#platform/who-today.ts'
import type { ThreadAccess } from './access.ts'
import type { HowSaid, Side } from './tables.ts'
import type { Thread } from './thread.ts'

export interface WrittenWords {
  readonly id: number
  readonly byId: number
  readonly byName: string
  readonly side: Side
  readonly words: string
  readonly how: HowSaid
  readonly recordedBy: string | null
  readonly at: Instant
}

/** A thread with all that reading and answering need; `version` guards forms. */
export interface LoadedThread extends ThreadAccess {
  readonly id: number
  readonly version: number
  readonly it: Thread
  readonly subject: string
  readonly personName: string
  readonly personChannel: Channel
  readonly groupName: string | null
  readonly buddyName: string | null
  readonly pairId: number | null
  readonly leaders: readonly Leader[]
  readonly coordinatorIds: readonly number[]
  /** The newest, oldest first. */
  readonly words: readonly WrittenWords[]
  readonly earlier: boolean
}

/** How many words of one thread a page shows at once. */
export const wordsOnAPage = 30

type RawWords = Omit<WrittenWords, 'at'> & { at: string }

export async function loadThread(
  doing: Pick<Doing, 'tx' | 'today'>,
  given: string | number | undefined,
  how: { forChange: boolean; before?: number | undefined },
): Promise<LoadedThread | undefined> {
  if (!/^\d{1,9}$/.test(String(given))) return undefined
  const id = Number(given)
  const { tx, today } = doing
  if (how.forChange) {
    await tx.selectFrom('message_thread').select('id').where('id', '=', id).forUpdate().execute()
  }
  const found = await tx
    .selectFrom('message_thread as t')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 't.network_id').onRef('p.id', '=', 't.person_id'),
    )
    .leftJoin('network_group as g', join =>
      join.onRef('g.network_id', '=', 't.network_id').onRef('g.id', '=', 't.group_id'),
    )
    .leftJoin('person as b', join =>
      join
        .onRef('b.network_id', '=', 't.network_id')
        .on(
          sql<boolean>`b.id = case when t.one_person_id = t.person_id then t.other_person_id else t.one_person_id end`,
        ),
    )
    .selectAll('t')
    .select([
      'p.name as person_name',
      'p.channel as person_channel',
      'g.name as group_name',
      'b.name as buddy_name',
      leadersOf(sql`m.group_id = t.group_id`, today).as('leaders'),
      holdersOf('co-ordinator', today).as('coordinators'),
      sql<RawWords[]>`coalesce((
        select jsonb_agg(to_jsonb(x) order by x.id) from (
          select w.id, w.by_person_id as "byId", a.name as "byName", w.side, w.words, w.how, r.name as "recordedBy", w.at
          from message_written w
            join person a on a.network_id = w.network_id and a.id = w.by_person_id
            left join person r on r.network_id = w.network_id and r.id = w.recorded_by_person_id
          where w.network_id = t.network_id and w.thread_id = t.id
            and w.id < ${how.before ?? 2_000_000_000}
          order by w.id desc limit ${wordsOnAPage + 1}) x), '[]')`.as('written'),
    ])
    .where('t.id', '=', id)
    .executeTakeFirst()
  if (!found) return undefined
  const words = found.written.map(each => ({ ...each, at: Temporal.Instant.from(each.at) }))
  return {
    id: found.id,
    version: found.version,
    it: { kind: found.kind, turn: found.turn, due: found.due_on },
    kind: found.kind,
    personId: found.person_id,
    personName: found.person_name,
    personChannel: found.person_channel,
    groupId: found.group_id,
    groupName: found.group_name,
    pairId: found.pair_id,
    buddyIds:
      found.one_person_id === null || found.other_person_id === null
        ? []
        : [found.one_person_id, found.other_person_id],
    buddyName: found.buddy_name,
    subject: found.subject,
    leaders: found.leaders,
    coordinatorIds: idsOf(found.coordinators),
    words: words.slice(-wordsOnAPage),
    earlier: words.length > wordsOnAPage,
  }
}

/** An accepted step with its history, and the promise it keeps; words and messages are the caller’s. */
export async function saveThread(
  doing: Doing,
  loaded: LoadedThread,
  step: { state: Thread; events: readonly Happened[] },
): Promise<void> {
  const { state, events } = step
  await doing.tx
    .updateTable('message_thread')
    .set({ turn: state.turn, due_on: state.due, last_at: doing.now, version: loaded.version + 1 })
    .where('id', '=', loaded.id)
    .execute()
  const thing = { kind: 'message-thread', id: loaded.id }
  if (loaded.it.turn === 'us' && loaded.it.due && state.turn !== 'us') {
    await keptPromise(doing, { kind: 'message-answer', thing, groupId: loaded.groupId, dueOn: loaded.it.due })
  }
  await doing.happened(thing, events)
}
