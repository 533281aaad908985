import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Happened } from '#kernel/decision.ts'
import { readReference, reference } from '#kernel/references.ts'
import type { Instant, PlainDate, Row, RowChange } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { keptPromise } from '#platform/kept-promise.ts'
import { holdersOf, idsOf, type Leader, leadersOf } from '#platform/who-today.ts'
import type { RequestAccess } from './access.ts'
import { type ChairRequest, turnOf } from './chair-request.ts'
import { promisesKeptBy } from './kept.ts'
import { tellingsOf } from './messages.ts'
import type { RequestHow, RequestKind, Verdict } from './tables.ts'

/** A request with all that deciding on it needs; `version` guards forms against what happened meanwhile. */
export interface LoadedRequest extends RequestAccess {
  readonly id: number
  readonly number: number
  readonly reference: string
  readonly version: number
  readonly it: ChairRequest
  readonly kind: RequestKind
  readonly what: string
  readonly why: string
  readonly neededBy: PlainDate | null
  readonly how: RequestHow
  readonly askedAt: Instant
  readonly askerName: string
  readonly recordedByName: string | null
  readonly groupName: string
  readonly groupSlug: string
  readonly holderId: number | null
  /** Chair and deputies today. */
  readonly leaders: readonly Leader[]
  readonly managerIds: readonly number[]
  readonly coordinatorIds: readonly number[]
  readonly answers: readonly GivenAnswer[]
}

export interface GivenAnswer {
  readonly id: number
  readonly words: string
  readonly byId: number
  readonly byName: string
  readonly at: Instant
  readonly verdict: Verdict | null
  readonly verdictWords: string | null
  readonly verdictAt: Instant | null
  readonly verdictRecordedBy: string | null
  readonly askerConsents: boolean
  readonly groupConsents: boolean
  readonly files: readonly { readonly id: number; readonly name: string; readonly bytes: number }[]
}

type RawAnswer = Omit<GivenAnswer, 'at' | 'verdictAt'> & { at: string; verdictAt: string | null }

/** For a route's `load`: by the reference in its address, held for the change when one is made. */
export async function loadRequest(
  doing: Pick<Doing, 'tx' | 'today'>,
  given: string | number | undefined,
  how: { forChange: boolean },
): Promise<LoadedRequest | undefined> {
  const number = typeof given === 'number' ? given : readReference('R', given)
  if (number === undefined) return undefined
  const { tx, today } = doing
  if (how.forChange) {
    // Whoever comes second waits here and then sees what the first did.
    await tx.selectFrom('chair_request').select('id').where('number', '=', number).forUpdate().execute()
  }
  const found = await tx
    .selectFrom('chair_request as r')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'r.network_id').onRef('p.id', '=', 'r.asker_person_id'),
    )
    .innerJoin('network_group as g', join =>
      join.onRef('g.network_id', '=', 'r.network_id').onRef('g.id', '=', 'r.group_id'),
    )
    .leftJoin('person as s', join =>
      join.onRef('s.network_id', '=', 'r.network_id').onRef('s.id', '=', 'r.recorded_by_person_id'),
    )
    .selectAll('r')
    .select([
      'p.name as asker_name',
      's.name as recorded_by_name',
      'g.name as group_name',
      'g.slug as group_slug',
      leadersOf(sql`m.group_id = r.group_id`, today).as('leaders'),
      holdersOf('portfolio-manager', today).as('managers'),
      holdersOf('co-ordinator', today).as('coordinators'),
      sql<RawAnswer[]>`coalesce((
        select jsonb_agg(jsonb_build_object('id', a.id, 'words', a.words, 'byId', b.id, 'byName', b.name, 'at', a.at,
          'verdict', a.verdict, 'verdictWords', a.verdict_words, 'verdictAt', a.verdict_at,
          'verdictRecordedBy', v.name, 'askerConsents', a.asker_consent_at is not null,
          'groupConsents', a.group_consent_at is not null, 'files', coalesce((
            select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'bytes', f.bytes) order by f.id)
            from stored_file f where f.network_id = a.network_id and f.thing_kind = 'chair-request-answer'
              and f.thing_id = a.id), '[]')) order by a.id)
        from chair_request_answer a
        join person b on b.network_id = a.network_id and b.id = a.by_person_id
        left join person v on v.network_id = a.network_id and v.id = a.verdict_recorded_by_person_id
        where a.network_id = r.network_id and a.request_id = r.id), '[]')`.as('answers'),
    ])
    .where('r.number', '=', number)
    .executeTakeFirst()
  if (!found) return undefined
  return {
    id: found.id,
    number: found.number,
    reference: reference('R', found.number),
    version: found.version,
    it: readState(found.state, found.state_data),
    kind: found.kind,
    what: found.what,
    why: found.why,
    neededBy: found.needed_by,
    how: found.how,
    askedAt: found.asked_at,
    askerId: found.asker_person_id,
    askerName: found.asker_name,
    recordedByName: found.recorded_by_name,
    groupId: found.group_id,
    groupName: found.group_name,
    groupSlug: found.group_slug,
    holderId: found.holder_person_id,
    leaders: found.leaders,
    managerIds: idsOf(found.managers),
    coordinatorIds: idsOf(found.coordinators),
    answers: found.answers.map(each => ({
      ...each,
      at: Temporal.Instant.from(each.at),
      verdictAt: each.verdictAt === null ? null : Temporal.Instant.from(each.verdictAt),
    })),
  }
}

/** An accepted step: the new state, the promises it keeps, its history and what people are told, together. */
export async function saveStep(
  doing: Doing,
  loaded: LoadedRequest,
  step: { state: ChairRequest; events: readonly Happened[] },
  change: RowChange<'chair_request'> = {},
): Promise<void> {
  await doing.tx
    .updateTable('chair_request')
    .set({
      ...change,
      ...stateColumns(step.state),
      ...(step.state.state === loaded.it.state ? {} : { state_since: doing.now }),
      version: loaded.version + 1,
    })
    .where('id', '=', loaded.id)
    .execute()
  const thing = { kind: 'chair-request', id: loaded.id }
  for (const kept of promisesKeptBy(loaded.it, step.state, doing.today)) {
    await keptPromise(doing, {
      kind: kept.kind,
      thing,
      groupId: kept.byTheSig ? loaded.groupId : null,
      dueOn: kept.dueOn,
    })
  }
  await doing.happened(thing, step.events)
  await doing.tell(...tellingsOf(doing, loaded, step.state, step.events))
}

/** `waits_for` and `due_on` follow from the state; they are kept for lists that ask for them. */
export function stateColumns(
  it: ChairRequest,
): Pick<Row<'chair_request'>, 'state' | 'waits_for' | 'due_on'> & { state_data: string } {
  const { state, ...data } = it
  const { waitsFor, due } = turnOf(it)
  return { state, state_data: JSON.stringify(data), waits_for: waitsFor, due_on: due }
}

const days = new Set(['acknowledgeBy', 'answerBy', 'stoppedOn', 'remindOn'])

export function readState(state: string, data: unknown): ChairRequest {
  const revive = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string' && days.has(key)) return Temporal.PlainDate.from(value)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, revive(inner, name)]))
  }
  return { state, ...(revive(data) as object) } as ChairRequest
}
