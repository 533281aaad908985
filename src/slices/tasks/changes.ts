import { sql } from 'kysely'
import { promisedBy } from '#kernel/clocks.ts'
import { type Decision, type Happened, happened, type Refusal, refuse } from '#kernel/decision.ts'
import { reference } from '#kernel/references.ts'
import type { PlainDate, RowChange } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { nextNumber } from '#platform/references.ts'
import { byOf } from './access.ts'
import { tellingsOf } from './messages.ts'
import { possibleHelpers } from './queries.ts'
import { type LoadedTask, loadTask } from './store.ts'
import type { AnswerHow } from './tables.ts'
import * as steps from './task.ts'

export interface NewTask {
  readonly title: string
  readonly what: string
  readonly gives: string
  readonly minutes: number
  readonly places: number
  readonly openTo: 'asked' | 'everyone'
  readonly neededBy: PlainDate | null
}

/** Which task: as a route loaded it for a change, or its number. */
type Which = LoadedTask | number
const notThere = refuse('not-there', 'There is no such task')
const load = (doing: Doing, which: Which) =>
  typeof which === 'number' ? loadTask(doing, which, { forChange: true }) : Promise.resolve(which)

export async function makeTask(
  doing: Doing,
  given: NewTask,
): Promise<{ accepted: true; number: number; reference: string } | Refusal> {
  if (!doing.actor) return refuse('nobody', 'Somebody has to ask for it')
  if (given.neededBy && given.neededBy.toString() < doing.today.toString())
    return refuse('past', 'The day must be today or later')
  const number = await nextNumber(doing.tx, doing.network.id, 'task', 1)
  const { id } = await doing.tx
    .insertInto('task')
    .values({
      network_id: doing.network.id,
      number,
      title: given.title,
      what: given.what,
      gives: given.gives,
      minutes: given.minutes,
      places: given.places,
      open_to: given.openTo,
      needed_by: given.neededBy,
      made_by_person_id: doing.actor.personId,
      made_at: doing.now,
      ended_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'task', id }, [happened('made', { openTo: given.openTo })])
  return { accepted: true, number, reference: reference('T', number) }
}

/** Asks some people. Either all of them can be asked, or nobody is. */
export async function askPeople(
  doing: Doing,
  which: Which,
  personIds: readonly number[],
): Promise<Decision<number>> {
  const task = await load(doing, which)
  if (!task || !doing.actor) return notThere
  if (personIds.length === 0) return refuse('nobody', 'Choose at least one person')
  const helpers = await possibleHelpers(doing.tx, doing.today)
  const events: Happened[] = []
  for (const personId of new Set(personIds)) {
    const helper = helpers.find(each => each.id === personId)
    if (!helper) return refuse('no-such-person', 'Choose people from the list')
    const step = steps.ask(task, { id: personId, isResting: helper.isResting })
    if (!step.accepted) return step
    events.push(...step.events)
  }
  await doing.tx
    .insertInto('task_offer')
    .values(
      [...new Set(personIds)].map(personId => ({
        network_id: doing.network.id,
        task_id: task.id,
        person_id: personId,
        state: 'asked' as const,
        asked_by_person_id: doing.actor!.personId,
        asked_at: doing.now,
        answered_at: null,
        recorded_by_person_id: null,
        done_at: null,
        thanks_by: null,
        thanked_at: null,
        thanked_by_person_id: null,
      })),
    )
    .execute()
  await save(doing, task, events)
  return { accepted: true, state: events.length, events }
}

type Taken = Promise<steps.Step | Refusal>

/** The person's yes or no; other than 'web': the team writes down what they said. */
export function answerTask(
  doing: Doing,
  which: Which,
  given: { personId: number; says: 'yes' | 'no'; how: AnswerHow },
): Taken {
  return take(doing, which, given.personId, given.how, (task, by) => ({
    step: steps.answer(task, by, given.personId, given),
    change: { answered_at: doing.now },
  }))
}

export function stepBackFromTask(
  doing: Doing,
  which: Which,
  given: { personId: number; how: AnswerHow },
): Taken {
  return take(doing, which, given.personId, given.how, (task, by) => ({
    step: steps.stepBack(task, by, given.personId, given.how),
    change: { answered_at: doing.now },
  }))
}

export function finishTask(
  doing: Doing,
  which: Which,
  given: { personId: number; words: string; how: AnswerHow },
): Taken {
  return take(doing, which, given.personId, given.how, (task, by) => ({
    step: steps.finish(task, by, given.personId, given.how),
    change: {
      done_at: doing.now,
      done_words: given.words,
      thanks_by: promisedBy('task-thanks', doing.today, doing.network.clocks),
    },
  }))
}

/** The last thank-you ends the task. */
export async function thankForTask(
  doing: Doing,
  which: Which,
  given: { personId: number; words: string },
): Taken {
  const step = await take(doing, which, given.personId, undefined, (task, by) => ({
    step: steps.thank(task, by, given.personId, given.words),
    change: {
      thanks: given.words,
      thanked_at: doing.now,
      thanked_by_person_id: doing.actor?.personId ?? null,
    },
  }))
  if (!step.accepted) return step
  const number = typeof which === 'number' ? which : which.number
  const after = await loadTask(doing, number, { forChange: false })
  if (after && !after.isOver && steps.isFinished(after)) {
    await doing.tx.updateTable('task').set({ ended_at: doing.now }).where('id', '=', after.id).execute()
    await doing.happened({ kind: 'task', id: after.id }, [happened('finished')])
  }
  return step
}

export async function endTask(doing: Doing, which: Which, reason: string): Promise<Decision<'ended'>> {
  const task = await load(doing, which)
  if (!task || !doing.actor) return notThere
  const step = steps.end(task, { isTeam: byOf(doing.actor, 0).isTeam }, reason)
  if (!step.accepted) return step
  await doing.tx
    .updateTable('task')
    .set({ ended_at: doing.now, end_reason: reason })
    .where('id', '=', task.id)
    .execute()
  await save(doing, { ...task, endReason: reason }, step.events)
  return step
}

async function take(
  doing: Doing,
  which: Which,
  personId: number,
  how: AnswerHow | undefined,
  decide: (task: LoadedTask, by: steps.By) => { step: steps.Step; change: RowChange<'task_offer'> },
): Taken {
  const task = await load(doing, which)
  if (!task || !doing.actor) return notThere
  const by = byOf(doing.actor, personId)
  const { step, change } = decide(task, by)
  if (!step.accepted) return step
  const recorded = how === undefined || by.isThem ? {} : { how, recorded_by_person_id: doing.actor.personId }
  const row = { ...change, ...recorded, state: step.state }
  const written = await doing.tx
    .updateTable('task_offer')
    .set(row)
    .where('task_id', '=', task.id)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (Number(written.numUpdatedRows) === 0) {
    // Open to everybody, and they came by themselves.
    await doing.tx
      .insertInto('task_offer')
      .values({
        network_id: doing.network.id,
        task_id: task.id,
        person_id: personId,
        asked_by_person_id: null,
        asked_at: null,
        answered_at: doing.now,
        recorded_by_person_id: null,
        done_at: null,
        thanks_by: null,
        thanked_at: null,
        thanked_by_person_id: null,
        ...row,
      } as never)
      .execute()
  }
  await save(doing, task, step.events)
  return step
}

async function save(doing: Doing, task: LoadedTask, events: readonly Happened[]): Promise<void> {
  await doing.tx.updateTable('task').set({ version: sql`version + 1` }).where('id', '=', task.id).execute()
  const after = await loadTask(doing, task.number, { forChange: false })
  await doing.happened({ kind: 'task', id: task.id }, events)
  if (after) await doing.tell(...tellingsOf(doing, after, events))
}
