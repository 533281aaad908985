import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Happened } from '#kernel/decision.ts'
import { readReference, reference } from '#kernel/references.ts'
import type { RowChange } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { idsOf, leadersOf } from '#platform/who-today.ts'
import type { ActionAccess } from './access.ts'
import type { Action } from './action.ts'
import { tellingsOf } from './messages.ts'

/** An action with all that deciding on it needs; `version` guards forms against what happened meanwhile. */
export interface LoadedAction extends ActionAccess {
  readonly id: number
  readonly number: number
  readonly reference: string
  readonly version: number
  readonly it: Action
  readonly what: string
  readonly ownerName: string
  readonly groupName: string
  /** Chair and deputy of its group today. */
  readonly leaderIds: readonly number[]
  readonly view: ViewBehind | undefined
}

/** Where it came from: by reference and title, never by a contributor's name. */
export interface ViewBehind {
  readonly id: number
  readonly number: number
  readonly title: string
  readonly groupId: number | null
}

/** For a route's `load`: by the reference in its address, held for the change when one is made. */
export async function loadAction(
  doing: Pick<Doing, 'tx' | 'today'>,
  given: string | number | undefined,
  how: { forChange: boolean },
): Promise<LoadedAction | undefined> {
  const number = typeof given === 'number' ? given : readReference('A', given)
  if (number === undefined) return undefined
  const { tx, today } = doing
  if (how.forChange) {
    // The view first, then the action: the order in which the last action's end takes them too.
    await sql`select c.id from contribution c join action a on a.network_id = c.network_id and a.contribution_id = c.id
              where a.number = ${number} for update of c`.execute(tx)
    await tx.selectFrom('action').select('id').where('number', '=', number).forUpdate().execute()
  }
  const found = await tx
    .selectFrom('action as a')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'a.network_id').onRef('p.id', '=', 'a.owner_person_id'),
    )
    .innerJoin('network_group as g', join =>
      join.onRef('g.network_id', '=', 'a.network_id').onRef('g.id', '=', 'a.group_id'),
    )
    .select([
      'a.id',
      'a.number',
      'a.version',
      'a.state',
      'a.state_data',
      'a.due_on',
      'a.what',
      'a.owner_person_id',
      'a.group_id',
      'p.name as owner_name',
      'g.name as group_name',
      leadersOf(sql`m.group_id = a.group_id`, today).as('leaders'),
      sql<(ViewBehind & { contributors: number[] }) | null>`(
        select jsonb_build_object('id', c.id, 'number', c.number, 'groupId', c.group_id, 'title',
          case when c.state = 'withdrawn' then 'A view that was withdrawn' else c.title end,
          'contributors', coalesce((select jsonb_agg(b.person_id) from contributor b
            where b.network_id = c.network_id and b.contribution_id = c.id and b.withdrawn_at is null), '[]'))
        from contribution c where c.network_id = a.network_id and c.id = a.contribution_id)`.as('view'),
    ])
    .where('a.number', '=', number)
    .executeTakeFirst()
  if (!found) return undefined
  return {
    id: found.id,
    number: found.number,
    reference: reference('A', found.number),
    version: found.version,
    it: readState(found.state, found.state_data, found.due_on),
    what: found.what,
    ownerId: found.owner_person_id,
    ownerName: found.owner_name,
    groupId: found.group_id,
    groupName: found.group_name,
    leaderIds: idsOf(found.leaders),
    contributorIds: found.view?.contributors ?? [],
    view: found.view ?? undefined,
  }
}

/** An accepted step: the new state, its history and what people are told, in one transaction. */
export async function saveStep(
  doing: Doing,
  loaded: LoadedAction,
  step: { state: Action; events: readonly Happened[] },
  change: RowChange<'action'> = {},
): Promise<void> {
  await doing.tx
    .updateTable('action')
    .set({ ...change, ...stateColumns(step.state), version: loaded.version + 1 })
    .where('id', '=', loaded.id)
    .execute()
  await doing.happened({ kind: 'action', id: loaded.id }, step.events)
  await doing.tell(...tellingsOf(doing, loaded, step.events))
}

export function stateColumns(it: Action) {
  const { state, due, ...data } = it
  return { state, due_on: due, state_data: JSON.stringify(data) }
}

export function readState(state: Action['state'], data: unknown, due: Temporal.PlainDate): Action {
  const kept = data as Record<string, unknown>
  const day = (value: unknown) => Temporal.PlainDate.from(String(value))
  switch (state) {
    case 'open':
      return { state, due }
    case 'asked-for-another-date': {
      const wish = kept.wish as { on: string; because: string; byPersonId: number }
      return { state, due, wish: { ...wish, on: day(wish.on) } }
    }
    case 'done':
      return {
        state,
        due,
        on: day(kept.on),
        whatChanged: String(kept.whatChanged),
        evidence: String(kept.evidence ?? ''),
        link: String(kept.link ?? ''),
      }
    case 'dropped':
      return { state, due, on: day(kept.on), because: String(kept.because) }
  }
}
