import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { promisedBy } from '#kernel/clocks.ts'
import { type Decision, happened } from '#kernel/decision.ts'
import type { Instant, PlainDate, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { finish, goOn, isFrom, type Note } from './note.ts'
import type { SaidHow } from './tables.ts'

export interface LoadedNote extends Note {
  readonly id: number
  readonly personName: string | null
  readonly name: string
  readonly how: SaidHow
  readonly saidOn: PlainDate
  readonly words: string
  readonly writtenAt: Instant
  readonly writtenBy: string
  readonly dueOn: PlainDate
  readonly doneBy: string | null
  readonly doneAt: Instant | null
  readonly version: number
}

const notes = (tx: Tx) =>
  tx
    .selectFrom('said_note as n')
    .leftJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'n.network_id').onRef('p.id', '=', 'n.person_id'),
    )
    .innerJoin('person as w', join =>
      join.onRef('w.network_id', '=', 'n.network_id').onRef('w.id', '=', 'n.written_by_person_id'),
    )
    .select([
      'n.id',
      'n.person_id as personId',
      'p.name as personName',
      'n.name',
      'n.how',
      'n.said_on as saidOn',
    ])
    .select(['n.words', 'n.written_at as writtenAt', 'w.name as writtenBy', 'n.due_on as dueOn', 'n.state'])
    .select(['n.became', 'n.done_at as doneAt', 'n.version'])
    .select(
      sql<string | null>`(select d.name from person d where d.network_id = n.network_id
        and d.id = n.done_by_person_id)`.as('doneBy'),
    )

export const loadNote = async (
  tx: Tx,
  id: number,
  how: { forChange: boolean },
): Promise<LoadedNote | undefined> =>
  await notes(tx)
    .where('n.id', '=', id)
    .$if(how.forChange, query => query.forUpdate('n'))
    .executeTakeFirst()

export const pageLength = 25

/** What waits, oldest first; or what is dealt with, newest first. */
export const listNotes = async (
  tx: Tx,
  which: { state: 'open' | 'done'; from?: number | undefined },
): Promise<LoadedNote[]> => {
  const open = which.state === 'open'
  return await notes(tx)
    .where('n.state', '=', which.state)
    .$if(which.from !== undefined, query => query.where('n.id', open ? '>' : '<', which.from!))
    .orderBy('n.id', open ? 'asc' : 'desc')
    .limit(pageLength + 1)
    .execute()
}

export interface GivenWords {
  readonly personId: number | null
  readonly name: string
  readonly how: SaidHow
  readonly saidOn: Temporal.PlainDate
  readonly words: string
}

/** Kept at once: nothing is lost when the phone rings again. */
export async function writeNote(doing: Doing, given: GivenWords): Promise<number> {
  const made = await doing.tx
    .insertInto('said_note')
    .values({
      network_id: doing.network.id,
      person_id: given.personId,
      name: given.name,
      how: given.how,
      said_on: given.saidOn,
      words: given.words,
      written_at: doing.now,
      written_by_person_id: doing.actor!.personId,
      // The promise about a view counts from the day it was said, and so does this.
      due_on: promisedBy('acknowledge', given.saidOn, doing.when.clocks),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'said-note', id: made.id }, [
    happened('said-written-down', { how: given.how }),
  ])
  return made.id
}

async function save(doing: Doing, loaded: LoadedNote, step: Decision<Note>): Promise<Decision<Note>> {
  if (!step.accepted) return step
  const done = step.state.state === 'done'
  await doing.tx
    .updateTable('said_note')
    .set({
      state: step.state.state,
      person_id: step.state.personId,
      became: [...step.state.became],
      version: loaded.version + 1,
      ...(done ? { done_at: doing.now, done_by_person_id: doing.actor?.personId ?? null } : {}),
    })
    .where('id', '=', loaded.id)
    .execute()
  await doing.happened({ kind: 'said-note', id: loaded.id }, step.events)
  return step
}

export const goOnAs = (doing: Doing, loaded: LoadedNote, as: string) => save(doing, loaded, goOn(loaded, as))
export const finishNote = (doing: Doing, loaded: LoadedNote) => save(doing, loaded, finish(loaded))
export const noteIsFrom = (doing: Doing, loaded: LoadedNote, personId: number) =>
  save(doing, loaded, isFrom(loaded, personId))
