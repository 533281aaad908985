import { type Decision, happened, refuse } from '#kernel/decision.ts'
import { reference } from '#kernel/references.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { CheckedFile } from '#platform/files.ts'
import type { Actor } from '#platform/permission.ts'
import { nextNumber } from '#platform/references.ts'
import { byOf } from './access.ts'
import * as steps from './action.ts'
import { tellingsOf } from './messages.ts'
import { possibleOwners } from './people.ts'
import { type LoadedAction, loadAction, saveStep, stateColumns } from './store.ts'

/** What the room with the views gives this one, put together in app.ts so that neither imports the other twice. */
export interface ViewsBehindActions {
  /** An action of this contribution was done or dropped. */
  ended(doing: Doing, contributionId: number): Promise<void>
  hrefOf(slug: string, contributionNumber: number): string
}

export interface NewAction {
  readonly contributionId: number | null
  readonly considerationId: number | null
  readonly groupId: number
  readonly what: string
  readonly ownerPersonId: number
  readonly dueOn: PlainDate
}

/** Something was agreed: one owner, one date. The owner is told in the same transaction. */
export async function openAction(doing: Doing, given: NewAction): Promise<{ id: number; number: number }> {
  const number = await nextNumber(doing.tx, doing.network.id, 'action', 300)
  const { id } = await doing.tx
    .insertInto('action')
    .values({
      network_id: doing.network.id,
      number,
      contribution_id: given.contributionId,
      consideration_id: given.considerationId,
      group_id: given.groupId,
      what: given.what,
      owner_person_id: given.ownerPersonId,
      made_at: doing.now,
      ...stateColumns({ state: 'open', due: given.dueOn }),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const made = happened('action-made', { what: given.what, due: given.dueOn.toString() })
  await doing.happened({ kind: 'action', id }, [made])
  const loaded = await loadAction(doing, number, { forChange: false })
  if (!loaded) throw new Error(`${reference('A', number)} is not there`)
  await doing.tell(...tellingsOf(doing, loaded, [made]))
  return { id, number }
}

/** Which action: as a route loaded it for a change, or its number. */
type Which = LoadedAction | number

type Done = Decision<steps.Action>

const notThere = refuse('not-there', 'There is no such action')

/** Loads, decides, saves: how each step below is taken. */
async function take(
  doing: Doing,
  which: Which,
  decide: (loaded: LoadedAction, by: steps.By, actor: Actor) => Done,
  more: (loaded: LoadedAction) => Promise<void> | void = () => {},
  change: Parameters<typeof saveStep>[3] = {},
): Promise<Done> {
  const loaded = typeof which === 'number' ? await loadAction(doing, which, { forChange: true }) : which
  if (!loaded || !doing.actor) return notThere
  const step = decide(loaded, byOf(doing.actor, loaded), doing.actor)
  if (!step.accepted) return step
  await saveStep(doing, loaded, step, change)
  await more(loaded)
  return step
}

/** The owner asks; the chair, the deputy or the team answer. */
export function askForAnotherDate(
  doing: Doing,
  which: Which,
  wish: { on: PlainDate; because: string },
): Promise<Done> {
  return take(doing, which, ({ it }, by) => steps.askForAnotherDate(it, by, wish, doing.today))
}

export function answerDateWish(
  doing: Doing,
  which: Which,
  answer: { agreed: boolean; because: string },
): Promise<Done> {
  return take(doing, which, ({ it }, by) => steps.answerWish(it, by, answer.agreed, answer.because))
}

export function deferAction(
  doing: Doing,
  which: Which,
  to: { on: PlainDate; because: string },
): Promise<Done> {
  return take(doing, which, ({ it }, by) => steps.defer(it, by, to, doing.today))
}

/** To any person of this network, also outside the group. */
export async function reassignAction(
  doing: Doing,
  which: Which,
  to: { personId: number; because: string },
): Promise<Done> {
  const [person] = await possibleOwners(doing.tx, doing.today, to.personId)
  if (!person) return refuse('no-such-person', 'Choose a person of this network')
  return await take(
    doing,
    which,
    ({ it, ownerId }, by) =>
      steps.reassign(it, by, {
        personId: person.id,
        name: person.name,
        isOwnerNow: ownerId === person.id,
        because: to.because,
      }),
    undefined,
    { owner_person_id: person.id },
  )
}

export function finishAction(
  doing: Doing,
  views: Pick<ViewsBehindActions, 'ended'>,
  which: Which,
  what: { whatChanged: string; evidence: string; link: string; files: readonly CheckedFile[] },
): Promise<Done> {
  return take(
    doing,
    which,
    ({ it }, by) => steps.finish(it, by, { ...what, files: what.files.length }, doing.today),
    async loaded => {
      const thing = { kind: 'action', id: loaded.id }
      const by = doing.actor?.personId ?? null
      await doing.files.keep(doing.tx, doing.network.id, thing, what.files, by, doing.now)
      await tellViews(doing, views, loaded)
    },
  )
}

export function dropAction(
  doing: Doing,
  views: Pick<ViewsBehindActions, 'ended'>,
  which: Which,
  because: string,
): Promise<Done> {
  return take(
    doing,
    which,
    ({ it }, by) => steps.drop(it, by, because, doing.today),
    loaded => tellViews(doing, views, loaded),
  )
}

async function tellViews(doing: Doing, views: Pick<ViewsBehindActions, 'ended'>, { view }: LoadedAction) {
  if (view) await views.ended(doing, view.id)
}
