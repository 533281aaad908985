import type { Happened } from '#kernel/decision.ts'
import type { Instant, Row, Tx } from './database/tables.ts'

export interface ByWhom {
  readonly personId: number | null
  /** As the timeline shows it: a name, or "the service" for what the clock did. */
  readonly words: string
}

export const theService: ByWhom = { personId: null, words: 'Closing the Loop' }

/** One entry for each thing that happened. The only way to write history. */
export async function writeHistory(
  tx: Tx,
  networkId: number,
  thing: { kind: string; id: number },
  events: readonly Happened[],
  by: ByWhom,
  at: Instant,
): Promise<void> {
  if (events.length === 0) return
  await tx
    .insertInto('history')
    .values(
      events.map(each => ({
        network_id: networkId,
        thing_kind: thing.kind,
        thing_id: thing.id,
        event: each.event,
        by_person_id: by.personId,
        by_words: by.words,
        at,
        details: JSON.stringify(each.details),
      })),
    )
    .execute()
}

export type HistoryEntry = Row<'history'>

/** Oldest first. */
export async function historyOf(tx: Tx, thing: { kind: string; id: number }): Promise<HistoryEntry[]> {
  return await tx
    .selectFrom('history')
    .selectAll()
    .where('thing_kind', '=', thing.kind)
    .where('thing_id', '=', thing.id)
    .orderBy('id')
    .execute()
}
