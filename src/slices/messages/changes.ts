import { sql } from 'kysely'
import { type Refusal, refuse } from '#kernel/decision.ts'
import type { Doing } from '#platform/doing.ts'
import { leadersOf } from '#platform/who-today.ts'
import { sideOf } from './access.ts'
import { newWordTellings } from './messages.ts'
import { type LoadedThread, loadThread, saveThread } from './store.ts'
import type { HowSaid } from './tables.ts'
import * as steps from './thread.ts'

export type To =
  | { readonly kind: 'team' }
  | { readonly kind: 'chair'; readonly groupId: number }
  /** Made by the two accepting each other. */
  | { readonly kind: 'buddy'; readonly pairId: number; readonly one: number; readonly other: number }

export interface Said {
  readonly words: string
  readonly wantsAnswer?: boolean
  /** Other than 'web', 'email' and 'text': whoever acts wrote it down for the person. */
  readonly how?: HowSaid
}

type Begun = { readonly accepted: true; readonly id: number } | Refusal

/** Somebody begins: the person writes to us, or we write to the person. */
export async function beginThread(
  doing: Doing,
  given: Said & { readonly to: To; readonly personId: number; readonly subject: string },
): Promise<Begun> {
  const { to } = given
  if (to.kind === 'chair') {
    const group = await doing.tx
      .selectFrom('network_group as g')
      .select(['g.id', leadersOf(sql`m.group_id = g.id`, doing.today).as('leaders')])
      .where('g.id', '=', to.groupId)
      .executeTakeFirst()
    if (!group) return refuse('no-such-group', 'Choose a group from the list')
    if (group.leaders.length === 0)
      return refuse('nobody-leads', 'Nobody leads this group now. Write to the team instead')
  }
  const id = await openThread(doing, { to, personId: given.personId, subject: given.subject })
  const loaded = await loadThread(doing, id, { forChange: true })
  if (!loaded) throw new Error('a message that was just begun is not there')
  const written = await writeInThread(doing, loaded, given)
  return written.accepted ? { accepted: true, id } : written
}

/** The empty thread itself. */
export async function openThread(
  doing: Doing,
  given: { readonly to: To; readonly personId: number; readonly subject: string },
): Promise<number> {
  const { to } = given
  const { id } = await doing.tx
    .insertInto('message_thread')
    .values({
      network_id: doing.network.id,
      kind: to.kind,
      person_id: given.personId,
      group_id: to.kind === 'chair' ? to.groupId : null,
      pair_id: to.kind === 'buddy' ? to.pairId : null,
      one_person_id: to.kind === 'buddy' ? to.one : null,
      other_person_id: to.kind === 'buddy' ? to.other : null,
      subject: given.subject,
      turn: 'nobody',
      due_on: null,
      begun_at: doing.now,
      last_at: doing.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/**
 * Writes a word into a thread. With `how` other than 'web', 'email' and 'text' the team writes down what the person said, and the person
 * hears it back.
 */
export async function writeInThread(
  doing: Doing,
  which: LoadedThread | number,
  given: Said,
): Promise<{ readonly accepted: true } | Refusal> {
  const loaded = typeof which === 'number' ? await loadThread(doing, which, { forChange: true }) : which
  const { actor } = doing
  if (!loaded || !actor) return refuse('not-there', 'There is no such message')
  const how = given.how ?? 'web'
  const recorded = how !== 'web' && how !== 'text' && how !== 'email'
  const side = recorded ? 'person' : sideOf(actor, loaded)
  if (!side) return refuse('not-yours', 'Only the two sides can write here')
  const step = steps.write(
    loaded.it,
    { side, wantsAnswer: given.wantsAnswer ?? false, how, recorded },
    doing.when,
  )
  if (!step.accepted) return step
  const [one = null, other = null] = loaded.buddyIds
  const { id } = await doing.tx
    .insertInto('message_written')
    .values({
      network_id: doing.network.id,
      thread_id: loaded.id,
      one_person_id: one,
      other_person_id: other,
      by_person_id: recorded ? loaded.personId : actor.personId,
      side,
      words: given.words,
      how,
      recorded_by_person_id: recorded ? actor.personId : null,
      at: doing.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await saveThread(doing, loaded, step)
  await doing.tell(...newWordTellings(doing, loaded, { id, side, words: given.words, recorded }, step.state))
  return { accepted: true }
}

/** Nothing more is needed. */
export async function sayEnough(
  doing: Doing,
  loaded: LoadedThread,
): Promise<{ readonly accepted: true } | Refusal> {
  const side = doing.actor && sideOf(doing.actor, loaded)
  if (!side) return refuse('not-yours', 'Only the two sides can say that')
  const step = steps.enough(loaded.it, side)
  if (!step.accepted) return step
  await saveThread(doing, loaded, step)
  return { accepted: true }
}
