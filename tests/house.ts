import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { Temporal } from 'temporal-polyfill'
import { afterAll, inject } from 'vitest'
import { type Clock, clockAhead } from '#platform/clock.ts'
import { type Database, openDatabase } from '#platform/database/connect.ts'
import { deliverWaiting } from '#platform/delivery/deliver.ts'
import { runDue } from '#platform/delivery/due.ts'
import { demoSenders, type Senders } from '#platform/delivery/senders.ts'
import { folderStore, openFiles } from '#platform/files.ts'
import { openFormTokens } from '#platform/form-token.ts'
import type { House } from '#platform/house.ts'
import { openLog } from '#platform/log.ts'
import { openMetrics } from '#platform/metrics.ts'
import { openSessions } from '#platform/session.ts'
import { type App, openApp } from '#src/app.ts'
import { asApp } from '#src/house-start.ts'
import { databaseUrl, templateName, testAppPassword, testSecret } from './postgres.ts'

export interface TestHouse {
  readonly house: House
  readonly app: App
  readonly database: Database
  /** Everything, past row-level security: for looking, in tests only. */
  readonly owner: pg.Pool
  readonly ownerUrl: string
  /** What was logged, line by line. */
  readonly logged: string[]
  readonly clock: TestClock
  /** Does what is due now, and delivers. */
  runDue(): Promise<void>
  close(): Promise<void>
}

export interface TestClock extends Clock {
  set(now: string): void
  /** Working hours never matter; calendar days on. */
  daysOn(days: number): void
}

/** A Tuesday far from bank holidays and clock changes. */
export const testNow = '2026-06-09T09:00:00Z'

export interface TestHouseOptions {
  senders?: Senders
  mode?: 'demo' | 'production'
  missingTexts?: (language: string, text: string, kind?: string) => void
}

/** A clean database of its own, cloned from the template, and the whole product on it. Closed after the file. */
export async function openTestHouse(options: TestHouseOptions = {}): Promise<TestHouse> {
  return await cloneOf(templateName, undefined, options)
}

/** The same with the whole demonstration in it. Its life is told once for all files of the run. */
export async function openDemoHouse(options: TestHouseOptions = {}): Promise<TestHouse> {
  const { name, files } = await demonstration()
  return await cloneOf(name, files, options)
}

const demonstrationName = 'loop_demonstration'

/** @returns a template with the demonstration in it, and the folder of its files */
async function demonstration(): Promise<{ name: string; files: string }> {
  const serverUrl = inject('ownerUrl')
  const files = inject('demonstrationFiles')
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    // Whoever comes second waits until it is whole.
    await client.query('select pg_advisory_lock(740129)')
    const { rows } = await client.query(
      `select 1 from pg_database where datname = '${demonstrationName}' and datistemplate`,
    )
    if (rows.length === 0) {
      await client.query(`drop database if exists ${demonstrationName} with (force)`)
      rmSync(files, { recursive: true, force: true })
      await onServer(serverUrl, `create database ${demonstrationName} template ${templateName}`)
      const { fillDemo } = await import('#demo/index.ts')
      const house = houseOn(databaseUrl(serverUrl, demonstrationName), files, {})
      await fillDemo(house.house, house.app.slices)
      await house.close()
      await client.query(`alter database ${demonstrationName} is_template true`)
    }
  } finally {
    await client.end()
  }
  return { name: demonstrationName, files }
}

async function cloneOf(
  template: string,
  files: string | undefined,
  options: TestHouseOptions,
): Promise<TestHouse> {
  const serverUrl = inject('ownerUrl')
  const name = `loop_${randomBytes(6).toString('hex')}`
  await onServer(serverUrl, `create database ${name} template ${template}`)
  const folder = mkdtempSync(join(tmpdir(), 'loop-files-'))
  if (files) cpSync(files, folder, { recursive: true })
  const open = houseOn(databaseUrl(serverUrl, name), folder, options)
  const test: TestHouse = {
    ...open,
    async close() {
      await open.close()
      await onServer(serverUrl, `drop database if exists ${name} with (force)`)
      rmSync(folder, { recursive: true, force: true })
    },
  }
  afterAll(() => test.close(), 20_000)
  return test
}

function houseOn(ownerUrl: string, folder: string, options: TestHouseOptions): TestHouse {
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 })
  owner.on('error', () => {})
  owner.on('connect', client => void client.on('error', () => {}))
  const database = openDatabase(asApp(ownerUrl, testAppPassword), { connections: 6 })
  const clock = testClock()
  const logged: string[] = []
  const secret = testSecret
  const house: House = {
    mode: options.mode ?? 'demo',
    database,
    clock,
    sessions: openSessions({ pool: database.pool, clock, secret, secure: false }),
    tokens: openFormTokens(secret),
    files: openFiles(folderStore(folder)),
    log: openLog('debug', { write: line => void logged.push(line) }),
    metrics: openMetrics(),
    secret,
    trustProxy: false,
    metricsToken: undefined,
    missingTexts: options.missingTexts ?? (() => {}),
    publicUrl: () => 'http://loop.test',
    wakeWorker: () => {},
  }
  const senders = options.senders ?? demoSenders
  const app = openApp(
    house,
    house.mode === 'demo'
      ? {
          clock: {
            ...clock,
            refresh: async () => {},
            moveTo: async now => {
              if (Temporal.Instant.compare(now, clock.now()) < 0) return false
              clock.set(now.toString())
              return true
            },
          },
          runDay: async slices => {
            await runDue(house, slices)
            await deliverWaiting(house, senders)
          },
        }
      : undefined,
  )
  return {
    house,
    app,
    database,
    owner,
    ownerUrl,
    logged,
    clock,
    async runDue() {
      await runDue(house, app.slices)
      await deliverWaiting(house, senders)
    },
    async close() {
      await database.close()
      await owner.end()
    },
  }
}

/** Stands still until a test moves it. */
function testClock(): TestClock {
  let now = Temporal.Instant.from(testNow)
  const standing: Clock = {
    now: () => now,
    today: () => now.toZonedDateTimeISO('Europe/London').toPlainDate(),
  }
  return {
    ...standing,
    set: to => {
      now = Temporal.Instant.from(to)
    },
    daysOn: days => {
      now = now.toZonedDateTimeISO('Europe/London').add({ days }).toInstant()
    },
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    // Two files may clone the template in the same moment: one waits for the other.
    await client.query('select pg_advisory_lock(740119)')
    await client.query(statement)
  } finally {
    await client.end()
  }
}

export { clockAhead }
