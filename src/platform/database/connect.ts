import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { Temporal } from 'temporal-polyfill'
import type { Actor } from '../permission.ts'
import type { PlainDate, Pool, Tables, Tx } from './tables.ts'

const { builtins, getTypeParser } = pg.types

/** For our own connections only: the libraries that share this driver keep their own readings. */
const readings = new Map<number, (text: string) => unknown>([
  [builtins.TIMESTAMPTZ, text => Temporal.Instant.from(text.replace(' ', 'T'))],
  [builtins.DATE, text => Temporal.PlainDate.from(text)],
  // Ids and counts stay far below 2^53, so a number is exact and simpler than a string.
  [builtins.INT8, Number],
])

// node-postgres asks a value for `toPostgres` before it falls back to JSON, which would add quotes.
for (const type of [Temporal.Instant, Temporal.PlainDate]) {
  Object.defineProperty(type.prototype, 'toPostgres', {
    value(this: { toString(): string }) {
      return this.toString()
    },
    configurable: true,
  })
}

/** Which network a page is about and who the visitor is in it. */
export interface Entry {
  readonly id: number
  readonly slug: string
  readonly name: string
  readonly shortName: string
  readonly phone: string | null
  readonly clocks: readonly { fromOn: string; clocks: Record<string, number> }[]
  /** By name, the value that holds today; what is not set has its usual value (network-settings.ts). */
  readonly settings: Readonly<Record<string, unknown>>
  /** The one that this person chose; none for somebody who chose nothing yet. */
  readonly language?: string | null
  readonly person?: Omit<Actor, 'networkId' | 'personId'> & { readonly id: number }
}

export interface Database {
  /** For tables of the whole installation (networks, sign-in). Rows of a network are invisible here. */
  readonly pool: Pool
  /** Runs `work` in one transaction that sees and writes only this network's rows. */
  network<T>(networkId: number, work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * The corridor's door: finds the network by its short name and the person by the account, and runs `work` in
   * one transaction in which only that network's rows exist. `work` gets undefined for an unknown network.
   */
  enter<T>(
    door: { slug: string; accountId: string | undefined; today: PlainDate },
    work: (tx: Tx, entry: Entry | undefined) => Promise<T>,
  ): Promise<T>
  /** Statements sent since the database was opened: pages promise a small, fixed number. */
  readonly statements: { count: number }
  close(): Promise<void>
}

/** Thrown inside `network()` to undo the transaction and still answer with a value. */
export class Undo<T> extends Error {
  constructor(readonly answer: T) {
    super('undone')
  }
}

export function openDatabase(
  url: string,
  options: {
    connections?: number
    /** Sees each statement as it is sent: the benchmark records with it. */
    onStatement?: (sql: string, parameters: readonly unknown[]) => void
  } = {},
): Database {
  const pgPool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 10_000,
    types: {
      // The driver's own signature is a wide overload; one reading serves text results, which is all we ask for.
      getTypeParser: ((id: number, format?: 'text' | 'binary') =>
        readings.get(id) ?? getTypeParser(id, format as 'text')) as typeof getTypeParser,
    },
  })
  // A connection that breaks while idle is replaced at the next use; without a listener Node would exit.
  pgPool.on('error', () => {})
  // The same for one that breaks in the middle of a transaction: the next statement tells of it.
  pgPool.on('connect', client => void client.on('error', () => {}))
  const statements = { count: 0 }
  const pool = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: pgPool }),
    log: event => {
      if (event.level !== 'query') return
      statements.count += 1
      options.onStatement?.(event.query.sql, event.query.parameters)
    },
  })
  const transaction = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    try {
      return await pool.transaction().execute(work)
    } catch (error) {
      if (error instanceof Undo) return error.answer as T
      throw error
    }
  }
  return {
    pool,
    statements,
    async network(networkId, work) {
      if (!Number.isSafeInteger(networkId)) throw new TypeError('a network id is a whole number')
      return await transaction(async tx => {
        await sql`select set_config('app.network', ${String(networkId)}, true)`.execute(tx)
        return await work(tx)
      })
    },
    async enter({ slug, accountId, today }, work) {
      return await transaction(async tx => {
        const found = await sql<{ entry: Entry | null }>`
          select enter_network(${slug}, ${accountId ?? null}, ${today}) as entry`.execute(tx)
        return await work(tx, found.rows[0]?.entry ?? undefined)
      })
    },
    async close() {
      await pool.destroy()
    },
  }
}
