import type { Tx } from '#platform/database/tables.ts'
import type { Visit } from '#platform/http/route.ts'
import type { ContributionKind, Naming } from '../tables.ts'

/** What somebody is writing: kept at each page, so that they can come back later (LOOP-2). */
export interface Draft {
  kind?: ContributionKind
  words?: string
  /** 'priority-3', 'site-12', 'project-4' or 'none'. */
  about?: string
  /** A group's id, or 'unknown'. */
  group?: string
  naming?: Naming
}

export const steps = ['kind', 'words', 'raised-before', 'about', 'group', 'naming', 'files', 'check'] as const
export type Step = (typeof steps)[number]

const kind = 'contribution'

export async function readDraft(tx: Tx, personId: number): Promise<Draft> {
  const row = await tx
    .selectFrom('draft')
    .select('data')
    .where('person_id', '=', personId)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return (row?.data as Draft | undefined) ?? {}
}

export async function saveDraft(visit: Visit, change: Draft): Promise<Draft> {
  const data = { ...(await readDraft(visit.tx, visit.me.personId)), ...change }
  await visit.tx
    .insertInto('draft')
    .values({
      network_id: visit.network.id,
      person_id: visit.me.personId,
      kind,
      data: JSON.stringify(data),
      updated_at: visit.now,
    })
    .onConflict(on =>
      on
        .columns(['network_id', 'person_id', 'kind'])
        .doUpdateSet({ data: JSON.stringify(data), updated_at: visit.now }),
    )
    .execute()
  return data
}

export async function forgetDraft(tx: Tx, personId: number): Promise<void> {
  await tx.deleteFrom('draft').where('person_id', '=', personId).where('kind', '=', kind).execute()
}

/** The first page that still wants an answer; where "carry on" leads. */
export function nextStep(draft: Draft): Step {
  if (!draft.kind) return 'kind'
  if (!draft.words) return 'words'
  if (!draft.about) return 'about'
  if (!draft.group) return 'group'
  if (!draft.naming) return 'naming'
  return 'check'
}
