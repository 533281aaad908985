import { Temporal } from 'temporal-polyfill'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type { Visit } from '#platform/http/route.ts'
import { type RequestKind, requestKinds } from './tables.ts'

/** What somebody is about to ask: kept at each page, so that they can come back later. */
export interface Draft {
  groupId?: number
  kind?: RequestKind
  what?: string
  why?: string
  /** ISO date; null is "no day". */
  neededBy?: string | null
}

export const steps = ['group', 'kind', 'question', 'why', 'check'] as const
export type Step = (typeof steps)[number]

const kind = 'chair-request'

export async function readDraft(tx: Tx, personId: number): Promise<Draft> {
  const row = await tx
    .selectFrom('draft')
    .select('data')
    .where('person_id', '=', personId)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return (row?.data as Draft | undefined) ?? {}
}

export async function saveDraft(visit: Visit<Draft>, change: Draft): Promise<Draft> {
  const data = { ...visit.thing, ...change }
  const kept = { data: JSON.stringify(data), updated_at: visit.now }
  await visit.tx
    .insertInto('draft')
    .values({ network_id: visit.network.id, person_id: visit.me.personId, kind, ...kept })
    .onConflict(on => on.columns(['network_id', 'person_id', 'kind']).doUpdateSet(kept))
    .execute()
  return data
}

/** Takes the draft away. @returns false when somebody (the second tab) took it before */
export async function takeDraft(tx: Tx, personId: number): Promise<boolean> {
  const gone = await tx
    .deleteFrom('draft')
    .where('person_id', '=', personId)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return Number(gone.numDeletedRows) === 1
}

/** The first page that still wants an answer; where "carry on" leads. */
export function nextStep(draft: Draft): Step {
  if (draft.groupId === undefined) return 'group'
  if (!draft.kind || !requestKinds.includes(draft.kind)) return 'kind'
  if (!draft.what) return 'question'
  if (!draft.why) return 'why'
  return 'check'
}

export const neededBy = (draft: Draft): PlainDate | null =>
  draft.neededBy ? Temporal.PlainDate.from(draft.neededBy) : null
