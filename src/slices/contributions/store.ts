import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Happened } from '#kernel/decision.ts'
import { readReference, reference } from '#kernel/references.ts'
import type { Row, RowChange, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { ByWhom } from '#platform/history.ts'
import { keptPromise } from '#platform/kept-promise.ts'
import type { ContributionAccess } from './access.ts'
import { type Contribution, type Thread, turnOf, type When } from './contribution.ts'
import { tellingsOf } from './messages.ts'
import { promiseKeptBy } from './promise-kept.ts'
import type { Naming } from './tables.ts'
import { firstWake } from './wake.ts'

/** A contribution with all that deciding on it needs; `version` guards forms against what happened meanwhile. */
export interface LoadedThread extends ContributionAccess {
  readonly id: number
  readonly number: number
  readonly reference: string
  readonly version: number
  readonly row: Row<'contribution'>
  readonly thread: Thread
  /** Everyone who raised or joined it and is still in it, the first one first. */
  readonly contributors: readonly ThreadContributor[]
}

export interface ThreadContributor {
  readonly personId: number
  readonly name: string
  readonly knownAs: string
  readonly naming: Naming
  readonly isFirst: boolean
  readonly words: string
  readonly verdict: 'yes' | 'no' | null
}

/** For a route's `load`: by the reference in its address, held for the change when one is made. */
export async function loadThread(
  tx: Tx,
  given: string | number | undefined,
  how: { forChange: boolean },
): Promise<LoadedThread | undefined> {
  const number = typeof given === 'number' ? given : readReference('C', given)
  if (number === undefined) return undefined
  if (how.forChange) {
    // Whoever comes second waits here and then sees what the first did (LOOP-23).
    const held = await tx
      .selectFrom('contribution')
      .select('id')
      .where('number', '=', number)
      .forUpdate()
      .executeTakeFirst()
    if (!held) return undefined
  }
  const found = await tx
    .selectFrom('contribution as c')
    .selectAll('c')
    .select([
      sql<ThreadContributor[]>`coalesce((
        select jsonb_agg(jsonb_build_object('personId', p.id, 'name', p.name, 'knownAs', p.known_as, 'naming', b.naming,
          'isFirst', b.is_first, 'words', b.words, 'verdict', b.verdict) order by b.is_first desc, b.joined_at)
        from contributor b join person p on p.network_id = b.network_id and p.id = b.person_id
        where b.network_id = c.network_id and b.contribution_id = c.id and b.withdrawn_at is null), '[]')`.as(
        'contributors',
      ),
      sql<{ ownerId: number; state: string }[]>`coalesce((
        select jsonb_agg(jsonb_build_object('ownerId', a.owner_person_id, 'state', a.state))
        from action a where a.network_id = c.network_id and a.contribution_id = c.id), '[]')`.as('actions'),
    ])
    .where('c.number', '=', number)
    .executeTakeFirst()
  if (!found) return undefined
  const { contributors, actions, ...row } = found
  return {
    id: row.id,
    number: row.number,
    reference: reference('C', row.number),
    version: row.version,
    row,
    groupId: row.group_id,
    contributorIds: contributors.map(each => each.personId),
    actionOwnerIds: actions.map(each => each.ownerId),
    feedbackOwnerId: row.feedback_owner_person_id,
    contributors,
    thread: {
      it: readState(row.state, row.state_data),
      timesNotClosed: row.times_not_closed,
      contributors: contributors.map(({ personId, verdict }) => ({ personId, verdict })),
      openActions: actions.filter(each => each.state === 'open' || each.state === 'asked-for-another-date')
        .length,
      published: row.published_at !== null,
    },
  }
}

/** An accepted step: the new state, what else changed, its history and what people are told, in one transaction. */
export async function saveStep(
  doing: Doing,
  loaded: LoadedThread,
  step: { state: Contribution; events: readonly Happened[] },
  more: { change?: RowChange<'contribution'>; by?: ByWhom } = {},
): Promise<void> {
  const changed = step.state !== loaded.thread.it
  await doing.tx
    .updateTable('contribution')
    .set({
      ...more.change,
      // A step that leaves the state alone leaves its clock alone too.
      ...(changed ? stateColumns(step.state, doing.when) : {}),
      ...(step.state.state === loaded.row.state ? {} : { state_since: doing.now }),
      version: loaded.version + 1,
    })
    .where('id', '=', loaded.id)
    .execute()
  const kept = promiseKeptBy(loaded.thread.it, step.state)
  if (kept) {
    await keptPromise(doing, {
      ...kept,
      thing: { kind: 'contribution', id: loaded.id },
      groupId: loaded.groupId,
    })
  }
  await doing.happened({ kind: 'contribution', id: loaded.id }, step.events, more.by)
  await doing.tell(...(await tellingsOf(doing, loaded, step.state, step.events)))
}

/** What is kept of a state; the other columns follow from it, for lists and the clock that ask for them. */
export function stateColumns(it: Contribution, when: When) {
  const { state, ...data } = it
  const { waitsFor, due } = turnOf(it)
  return {
    state,
    state_data: JSON.stringify(data),
    waits_for: waitsFor,
    due_on: due,
    wake_on: firstWake(it, when.clocks, when.today),
  }
}

const days = new Set(['due', 'on', 'stoppedOn', 'chaseOn', 'remindOn', 'endsOn'])

export function readState(state: string, data: unknown): Contribution {
  const revive = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string' && days.has(key)) return Temporal.PlainDate.from(value)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, revive(inner, name)]))
  }
  return { state, ...(revive(data) as object) } as Contribution
}
