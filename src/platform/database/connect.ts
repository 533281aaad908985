import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { Temporal } from 'temporal-polyfill'
import type { Pool, Tables, Tx } from './tables.ts'

const { types } = pg
types.setTypeParser(types.builtins.TIMESTAMPTZ, text => Temporal.Instant.from(text.replace(' ', 'T')))
types.setTypeParser(types.builtins.DATE, text => Temporal.PlainDate.from(text))
// Ids and counts stay far below 2^53, so a number is exact and simpler than a string.
types.setTypeParser(types.builtins.INT8, Number)

// node-postgres asks a value for `toPostgres` before it falls back to JSON, which would add quotes.
for (const type of [Temporal.Instant, Temporal.PlainDate]) {
  Object.defineProperty(type.prototype, 'toPostgres', {
    value(this: { toString(): string }) {
      return this.toString()
    },
    configurable: true,
  })
}

export interface Database {
  /** For tables of the whole installation (networks, sign-in). Rows of a network are invisible here. */
  readonly pool: Pool
  /** Runs `work` in one transaction that sees and writes only this network's rows. */
  network<T>(networkId: number, work: (tx: Tx) => Promise<T>): Promise<T>
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

export function openDatabase(url: string, options: { connections?: number } = {}): Database {
  const pgPool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 10_000,
  })
  // A connection that breaks while idle is replaced at the next use; without a listener Node would exit.
  pgPool.on('error', () => {})
  const statements = { count: 0 }
  const pool = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: pgPool }),
    log: event => {
      if (event.level === 'query') statements.count += 1
    },
  })
  return {
    pool,
    statements,
    async network<T>(networkId: number, work: (tx: Tx) => Promise<T>): Promise<T> {
      if (!Number.isSafeInteger(networkId)) throw new TypeError('a network id is a whole number')
      try {
        return await pool.transaction().execute(async tx => {
          await sql`select set_config('app.network', ${String(networkId)}, true)`.execute(tx)
          return await work(tx)
        })
      } catch (error) {
        if (error instanceof Undo) return error.answer as T
        throw error
      }
    },
    async close() {
      await pool.destroy()
    },
  }
}
