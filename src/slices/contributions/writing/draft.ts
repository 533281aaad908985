import type { Instant, Row, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { filesOf } from '#platform/files.ts'
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

export interface KeptDraft {
  readonly draft: Draft
  /** Undefined when nothing was written yet. */
  readonly savedAt: Instant | undefined
}

export const steps = ['kind', 'words', 'raised-before', 'about', 'group', 'naming', 'files', 'check'] as const
export type Step = (typeof steps)[number]

const kind = 'contribution'
/** R46: unfinished journeys are kept so long. */
export const daysKept = 30
/** Files chosen while writing hang on the person until what they write is sent. */
export const draftFiles = (personId: number) => ({ kind: 'draft', id: personId })
export const mostFiles = 5

/** @param hold keeps another tab waiting until this one is done */
export async function readDraft(
  tx: Tx,
  personId: number,
  { hold = false }: { hold?: boolean } = {},
): Promise<KeptDraft> {
  const row = await tx
    .selectFrom('draft')
    .select(['data', 'updated_at'])
    .where('person_id', '=', personId)
    .where('kind', '=', kind)
    .$if(hold, query => query.forUpdate())
    .executeTakeFirst()
  return { draft: (row?.data as Draft | undefined) ?? {}, savedAt: row?.updated_at }
}

export async function saveDraft(doing: Doing, personId: number, change: Draft): Promise<void> {
  const { draft } = await readDraft(doing.tx, personId, { hold: true })
  const data = JSON.stringify({ ...draft, ...change })
  await doing.tx
    .insertInto('draft')
    .values({
      network_id: doing.network.id,
      person_id: personId,
      kind,
      data,
      updated_at: doing.now,
    })
    .onConflict(on =>
      on.columns(['network_id', 'person_id', 'kind']).doUpdateSet({ data, updated_at: doing.now }),
    )
    .execute()
}

/** Once it is sent, or when the person starts again: words and files are gone. */
export async function forgetDraft(doing: Doing, personId: number): Promise<void> {
  await doing.tx.deleteFrom('draft').where('person_id', '=', personId).where('kind', '=', kind).execute()
  for (const file of await filesOf(doing.tx, draftFiles(personId))) await removeDraftFile(doing, file)
}

export async function removeDraftFile(doing: Doing, file: Row<'stored_file'>): Promise<void> {
  await doing.tx.deleteFrom('stored_file').where('id', '=', file.id).execute()
  await doing.files.forget(file)
}

/** Called by the clock: what nobody came back to, and files without a draft (R46). */
export async function forgetOldDrafts(doing: Doing): Promise<void> {
  const since = doing.now.subtract({ hours: 24 * daysKept })
  const old = await doing.tx
    .selectFrom('draft')
    .select('person_id')
    .where('kind', '=', kind)
    .where('updated_at', '<', since)
    .execute()
  for (const each of old) await forgetDraft(doing, each.person_id)
  const left = await doing.tx
    .selectFrom('stored_file')
    .selectAll()
    .where('thing_kind', '=', 'draft')
    .where('at', '<', since)
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('draft')
            .select('draft.kind')
            .whereRef('draft.person_id', '=', 'stored_file.thing_id')
            .where('draft.kind', '=', kind),
        ),
      ),
    )
    .execute()
  for (const file of left) await removeDraftFile(doing, file)
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
