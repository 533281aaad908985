import type { Generated } from 'kysely'
import type { PlainDate } from './database/tables.ts'
import type { Doing } from './doing.ts'

/** What the network promises, with a clock. */
export type PromiseKind =
  | 'acknowledge'
  | 'consider'
  | 'feedback'
  | 'reopened'
  | 'request-acknowledge'
  | 'request-answer'
  | 'papers'
  | 'learning'
  | 'word-explained'
  | 'need-met'
  | 'message-answer'
  | 'data-wish'

declare module './database/tables.ts' {
  interface Tables {
    promise_kept: PromiseKeptTable
  }
}

export interface PromiseKeptTable {
  network_id: number
  id: Generated<number>
  kind: PromiseKind
  thing_kind: string
  thing_id: number
  /** Whose promise it was; null is the involvement team's. */
  group_id: number | null
  due_on: PlainDate
  kept_on: PlainDate
}

/**
 * A step fulfils a promise today, in time or late (late is worked out from the two days). Call it in the
 * transaction of that step; promises still open are counted where they stand.
 */
export async function keptPromise(
  doing: Doing,
  kept: {
    readonly kind: PromiseKind
    readonly thing: { readonly kind: string; readonly id: number }
    readonly groupId: number | null
    readonly dueOn: PlainDate
  },
): Promise<void> {
  await doing.tx
    .insertInto('promise_kept')
    .values({
      network_id: doing.network.id,
      kind: kept.kind,
      thing_kind: kept.thing.kind,
      thing_id: kept.thing.id,
      group_id: kept.groupId,
      due_on: kept.dueOn,
      kept_on: doing.today,
    })
    .execute()
}
