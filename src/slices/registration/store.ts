import { Temporal } from 'temporal-polyfill'
import type { Happened } from '#kernel/decision.ts'
import type { Row, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { ByWhom } from '#platform/history.ts'
import { hashOfToken } from '#platform/seal.ts'
import { type Application, dueOf } from './application.ts'
import { newToken } from './draft.ts'

/** An application with its person; `version` guards forms against what happened meanwhile. */
export interface LoadedApplication {
  readonly id: number
  readonly number: number
  readonly version: number
  readonly row: Row<'application'>
  readonly it: Application
  readonly person: Row<'person'>
}

type Which = { number: number } | { id: number } | { personId: number }

export async function loadApplication(
  tx: Tx,
  which: Which,
  how: { forChange: boolean },
): Promise<LoadedApplication | undefined> {
  const row = await tx
    .selectFrom('application')
    .selectAll()
    .$if('number' in which, query => query.where('number', '=', (which as { number: number }).number))
    .$if('id' in which, query => query.where('id', '=', (which as { id: number }).id))
    .$if('personId' in which, query =>
      query.where('person_id', '=', (which as { personId: number }).personId).where('state', '<>', 'merged'),
    )
    .orderBy('id', 'desc')
    .limit(1)
    .$if(how.forChange, query => query.forUpdate())
    .executeTakeFirst()
  if (!row) return undefined
  const person = await tx
    .selectFrom('person')
    .selectAll()
    .where('id', '=', row.person_id)
    .executeTakeFirstOrThrow()
  return {
    id: row.id,
    number: row.number,
    version: row.version,
    row,
    it: readState(row.state, row.state_data),
    person,
  }
}

export const numberIn = (given: string | undefined): number | undefined =>
  /^\d{1,9}$/.test(given ?? '') ? Number(given) : undefined

/** How long the link to one's own application works (R42: it expires). */
const daysOfLink = 180

/** By the token of the link that the applicant was sent. `ended`: the link was right once. */
export async function findByLink(
  doing: Doing,
  token: string | undefined,
  how: { forChange: boolean },
): Promise<{ ended: true } | ({ ended: false } & LoadedApplication) | undefined> {
  if (!token || !/^[\w-]{32}$/.test(token)) return undefined
  const link = await doing.tx
    .selectFrom('application_link')
    .select(['application_id', 'expires_at'])
    .where('token_hash', '=', hashOfToken(token))
    .executeTakeFirst()
  if (!link) return undefined
  if (Temporal.Instant.compare(link.expires_at, doing.now) <= 0) return { ended: true }
  const loaded = await loadApplication(doing.tx, { id: link.application_id }, how)
  return loaded && { ended: false, ...loaded }
}

/** @returns the token of a new link: only its hash is kept */
export async function newLink(doing: Doing, applicationId: number): Promise<string> {
  const token = newToken()
  await doing.tx
    .insertInto('application_link')
    .values({
      network_id: doing.network.id,
      token_hash: hashOfToken(token),
      application_id: applicationId,
      expires_at: doing.now.add({ hours: 24 * daysOfLink }),
    })
    .execute()
  return token
}

/** An accepted step: the new state and its history. */
export async function saveStep(
  doing: Doing,
  loaded: LoadedApplication,
  step: { state: Application; events: readonly Happened[] },
  by?: ByWhom,
): Promise<void> {
  await doing.tx
    .updateTable('application')
    .set({ ...stateColumns(step.state), state_since: doing.now, version: loaded.version + 1 })
    .where('id', '=', loaded.id)
    .execute()
  await doing.happened({ kind: 'application', id: loaded.id }, step.events, by)
}

export function stateColumns(it: Application) {
  const { state, ...data } = it
  return { state, state_data: JSON.stringify(data), due_on: dueOf(it) }
}

const days = new Set(['due', 'on', 'spokenOn'])

export function readState(state: string, data: unknown): Application {
  const read = Object.entries(data as Record<string, unknown>).map(([name, value]) => [
    name,
    days.has(name) && value !== null ? Temporal.PlainDate.from(String(value)) : value,
  ])
  return { state, ...Object.fromEntries(read) } as Application
}
