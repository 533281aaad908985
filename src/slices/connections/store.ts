import {
  type Connection,
  type ConnectionSettings,
  openSettings,
  shutSecretOf,
} from '#platform/connections.ts'
import type { Row } from '#platform/database/tables.ts'
import type { House } from '#platform/house.ts'
import type { Visit } from '#platform/http/route.ts'

/** A connection as its pages see it. */
export interface Here {
  readonly connection: Connection
  readonly row: Row<'connection'> | undefined
  /** For the form's own guard: somebody else may set it up meanwhile. */
  readonly version: number
}

export async function loadConnection(
  visit: Pick<Visit, 'tx' | 'params'>,
  all: readonly Connection[],
  how: { forChange: boolean },
): Promise<Here | undefined> {
  const connection = all.find(each => each.kind === visit.params.connection)
  if (!connection) return undefined
  const row = await visit.tx
    .selectFrom('connection')
    .selectAll()
    .where('kind', '=', connection.kind)
    .$if(how.forChange, query => query.forUpdate())
    .executeTakeFirst()
  return { connection, row, version: row?.version ?? 0 }
}

/** What is kept of it, with its secrets; undefined when they cannot be opened any more. */
export const keptSettings = (house: House, networkId: number, here: Here): ConnectionSettings | undefined =>
  here.row ? openSettings(house, networkId, here.connection.kind, here.row) : {}

export async function saveConnection(
  house: House,
  visit: Visit<Here>,
  given: ConnectionSettings,
): Promise<void> {
  const { connection, row } = visit.thing
  const isSecret = (name: string) => connection.ask.some(each => each.name === name && each.secret)
  const entries = Object.entries(given)
  const values = {
    settings: JSON.stringify(Object.fromEntries(entries.filter(([name]) => !isSecret(name)))),
    secrets: JSON.stringify(
      Object.fromEntries(
        entries
          .filter(([name, text]) => isSecret(name) && text !== '')
          .map(([name, text]) => [name, shutSecretOf(house, visit.network.id, connection.kind, name, text)]),
      ),
    ),
    set_by_person_id: visit.me.personId,
    set_at: visit.now,
    // What was tried before was something else.
    tried_at: null,
    works: null,
    tried_words: [],
    version: (row?.version ?? 0) + 1,
  }
  // biome-ignore lint/suspicious/noExplicitAny: jsonb is given as text
  const written = values as any
  await visit.tx
    .insertInto('connection')
    .values({ network_id: visit.network.id, kind: connection.kind, state: 'on', ...written })
    .onConflict(on => on.columns(['network_id', 'kind']).doUpdateSet({ ...written, state: 'on' }))
    .execute()
}
