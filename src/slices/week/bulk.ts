import { type SqlBool, sql } from 'kysely'
import { accept, type Decision, happened, refuse } from '#kernel/decision.ts'
import type { PlainDate, Row, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { tryAgain } from '#platform/outbox.ts'
import { reassignAction } from '#slices/actions/index.ts'
import type { BulkKind } from './tables.ts'

/** So many at once a person can still look through. */
export const mostAtOnce = 200

/** What is handed over, from whom and to whom: people by their ids, so that a name is never kept here. */
export interface HandOver {
  readonly fromId: number
  readonly toId: number
  readonly because: string
  readonly numbers: readonly number[]
  /** Filled when it is done: what was really handed over. */
  readonly done?: readonly number[]
  /** Filled when it is undone: what went back. */
  readonly back?: readonly number[]
}

export interface TryAgain {
  readonly ids: readonly number[]
  readonly done?: readonly number[]
}

export type BulkStep = Pick<Row<'bulk_step'>, 'id' | 'state' | 'version' | 'by_person_id' | 'done_at'> &
  (
    | { kind: 'hand-over-actions'; data: HandOver; fromName: string; toName: string }
    | { kind: 'try-messages-again'; data: TryAgain }
  )

export async function chooseStep(doing: Doing, kind: BulkKind, data: HandOver | TryAgain): Promise<number> {
  const { id } = await doing.tx
    .insertInto('bulk_step')
    .values({
      network_id: doing.network.id,
      kind,
      data: JSON.stringify(data),
      by_person_id: doing.actor!.personId,
      made_at: doing.now,
      done_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Chooses actions of one person for another; undefined when none of them is there to hand over. */
export async function handOverOf(
  doing: Doing,
  given: Omit<HandOver, 'numbers' | 'done' | 'back'> & { readonly numbers?: readonly number[] },
): Promise<number | undefined> {
  const chosen = await actionsOf(doing.tx, given.fromId, given.numbers)
  if (chosen.length === 0) return undefined
  return await chooseStep(doing, 'hand-over-actions', {
    fromId: given.fromId,
    toId: given.toId,
    because: given.because,
    numbers: chosen.map(each => each.number),
  })
}

export async function loadStep(
  tx: Tx,
  id: number,
  how: { forChange: boolean },
): Promise<BulkStep | undefined> {
  if (how.forChange) await tx.selectFrom('bulk_step').select('id').where('id', '=', id).forUpdate().execute()
  const nameOf = (key: string) => sql<string>`coalesce((select p.name from person p
    where p.network_id = b.network_id and p.id = (b.data ->> ${key})::integer), '')`
  const found = await tx
    .selectFrom('bulk_step as b')
    .select(['b.id', 'b.kind', 'b.data', 'b.state', 'b.version', 'b.by_person_id', 'b.done_at'])
    .select([nameOf('fromId').as('fromName'), nameOf('toId').as('toName')])
    .where('b.id', '=', id)
    .executeTakeFirst()
  return found as BulkStep | undefined
}

export type Count = Decision<number>

/** Does what was chosen. What changed meanwhile is left alone; the number says what was really done. */
export async function doStep(doing: Doing, step: BulkStep): Promise<Count> {
  if (step.state !== 'chosen') return refuse('done', 'This was done already. Nothing was done twice')
  const done: number[] = []
  if (step.kind === 'hand-over-actions') {
    const { numbers, toId, because, fromId } = step.data
    const still = await actionsOf(doing.tx, fromId, numbers)
    for (const { number } of still) {
      const one = await reassignAction(doing, number, { personId: toId, because })
      if (one.accepted) done.push(number)
      // Somebody without a place any more gets nothing: the first refusal tells it.
      else if (one.reason === 'no-such-person') return one
    }
  } else {
    for (const id of step.data.ids) if (await tryAgain(doing, id)) done.push(id)
  }
  await save(doing, step, 'done', { ...step.data, done })
  return accept(done.length)
}

/** How long a step can be taken back: later, others have built on it. */
export const hoursToUndo = 24

export const canUndo = (step: BulkStep, now: Doing['now']): boolean =>
  step.kind === 'hand-over-actions' &&
  step.state === 'done' &&
  step.done_at !== null &&
  now.since(step.done_at).total('hours') <= hoursToUndo

/** Gives back what is still where it was put; what the new owner has done since stays done. */
export async function undoStep(doing: Doing, step: BulkStep): Promise<Count> {
  if (step.state === 'undone') return refuse('undone', 'This was undone already')
  if (step.kind !== 'hand-over-actions' || !canUndo(step, doing.now)) {
    return refuse('too-late', 'This cannot be undone any more')
  }
  const { fromId, toId, done = [] } = step.data
  const back: number[] = []
  for (const { number } of await actionsOf(doing.tx, toId, done)) {
    const one = await reassignAction(doing, number, {
      personId: fromId,
      because: 'It was handed over by mistake.',
    })
    if (one.accepted) back.push(number)
    else if (one.reason === 'no-such-person') return one
  }
  await save(doing, step, 'undone', { ...step.data, back })
  return accept(back.length)
}

async function save(doing: Doing, step: BulkStep, state: 'done' | 'undone', data: HandOver | TryAgain) {
  await doing.tx
    .updateTable('bulk_step')
    .set({
      state,
      data: JSON.stringify(data),
      version: step.version + 1,
      ...(state === 'done' ? { done_at: doing.now } : {}),
    })
    .where('id', '=', step.id)
    .execute()
  await doing.happened({ kind: 'bulk-step', id: step.id }, [happened(`bulk-${state}`, { kind: step.kind })])
}

export interface OpenAction {
  readonly number: number
  readonly what: string
  readonly due: PlainDate
  readonly group: string
}

/** Somebody's actions that are not done. */
export async function actionsOf(tx: Tx, personId: number, among?: readonly number[]): Promise<OpenAction[]> {
  return await tx
    .selectFrom('action as a')
    .innerJoin('network_group as g', join =>
      join.onRef('g.network_id', '=', 'a.network_id').onRef('g.id', '=', 'a.group_id'),
    )
    .select(['a.number', 'a.what', 'a.due_on as due', 'g.short_name as group'])
    .where('a.owner_person_id', '=', personId)
    .where(sql<SqlBool>`a.state in ('open', 'asked-for-another-date')`)
    .$if(among !== undefined, query => query.where('a.number', 'in', among!.length > 0 ? [...among!] : [-1]))
    .orderBy('a.due_on')
    .orderBy('a.number')
    .limit(mostAtOnce)
    .execute()
}

/** Who has actions to do, with how many. */
export async function ownersNow(tx: Tx): Promise<{ id: number; name: string; count: number }[]> {
  return await tx
    .selectFrom('action as a')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'a.network_id').onRef('p.id', '=', 'a.owner_person_id'),
    )
    .select(['p.id', 'p.name', sql<number>`count(*)`.as('count')])
    .where(sql<SqlBool>`a.state in ('open', 'asked-for-another-date')`)
    .groupBy(['p.id', 'p.name'])
    .orderBy('p.name')
    .limit(1000)
    .execute()
}

/** Messages that could not be sent, oldest first. */
export async function failedMessages(tx: Tx): Promise<number[]> {
  const rows = await tx
    .selectFrom('message')
    .select('id')
    .where('state', '=', 'failed')
    .orderBy('id')
    .limit(mostAtOnce)
    .execute()
  return rows.map(each => each.id)
}
