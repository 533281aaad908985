import { Temporal } from 'temporal-polyfill'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type { Visit } from '#platform/http/route.ts'
import type { MeetingKind } from './place.ts'

/** What somebody is about to plan: kept between the two pages. */
export interface Draft {
  readonly groupId: number
  readonly many: 'one' | 'year'
  /** ISO date and time in London. */
  readonly on: string
  readonly time: string
  readonly minutesLong: number
  readonly kind: MeetingKind
}

const kind = 'meeting'

export async function readDraft(tx: Tx, personId: number): Promise<{ draft?: Draft }> {
  const row = await tx
    .selectFrom('draft')
    .select('data')
    .where('person_id', '=', personId)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return row ? { draft: row.data as Draft } : {}
}

export async function saveDraft(visit: Visit<unknown>, draft: Draft): Promise<void> {
  const kept = { data: JSON.stringify(draft), updated_at: visit.now }
  await visit.tx
    .insertInto('draft')
    .values({ network_id: visit.network.id, person_id: visit.me.personId, kind, ...kept })
    .onConflict(on => on.columns(['network_id', 'person_id', 'kind']).doUpdateSet(kept))
    .execute()
}

export async function takeDraft(tx: Tx, personId: number): Promise<boolean> {
  const gone = await tx
    .deleteFrom('draft')
    .where('person_id', '=', personId)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return Number(gone.numDeletedRows) === 1
}

export const dayIn = (draft: Draft): PlainDate => Temporal.PlainDate.from(draft.on)
export const timeIn = (draft: Draft): Temporal.PlainTime => Temporal.PlainTime.from(draft.time)
