import { join } from 'node:path'
import { type DemoClock, openDemoClock, realClock } from '#platform/clock.ts'
import { openDatabase } from '#platform/database/connect.ts'
import { migrate } from '#platform/database/migrate.ts'
import { demoSenders, realSenders, type Senders } from '#platform/delivery/senders.ts'
import { diskFull, StartError, startEmbeddedPostgres } from '#platform/embedded-postgres/index.ts'
import { openFiles, storeFor } from '#platform/files.ts'
import { openFormTokens } from '#platform/form-token.ts'
import type { House } from '#platform/house.ts'
import type { Log } from '#platform/log.ts'
import { replyAddresses } from '#platform/mail/reply-address.ts'
import { openMetrics } from '#platform/metrics.ts'
import { openSessions } from '#platform/session.ts'
import { keyFor, type Settings, SettingsError } from '#platform/settings.ts'

export interface DatabaseDoors {
  /** The owner's connection: migrations, the queue, checks. Never the pages'. */
  readonly ownerUrl: string
  /** The product's own: neither owner nor superuser. */
  readonly appUrl: string
  readonly appPassword: string
  stop(): Promise<void>
}

/** The database that was set, or the embedded one. Throws an error whose message says what to do. */
export async function openDoors(settings: Settings, log?: Log): Promise<DatabaseDoors> {
  const appPassword = appPasswordFrom(settings.secret)
  const doors = (ownerUrl: string, stop: () => Promise<void>): DatabaseDoors => ({
    ownerUrl,
    appUrl: asApp(ownerUrl, appPassword),
    appPassword,
    stop,
  })
  if (settings.databaseUrl) {
    await answers(settings.databaseUrl)
    return doors(settings.databaseUrl, async () => {})
  }
  const embedded = await startEmbeddedPostgres({
    dataDir: join(settings.dataDir, 'postgres'),
    say: words => log?.warn(words),
  })
  return doors(embedded.url, () => embedded.stop())
}

/** Made from the secret, so that every process of an installation, on whichever machine, has the same. */
export const appPasswordFrom = (secret: string): string => keyFor(secret, 'database role')

export function asApp(ownerUrl: string, password: string): string {
  const url = new URL(ownerUrl)
  url.username = 'loop_app'
  url.password = password
  return url.href
}

async function answers(databaseUrl: string): Promise<void> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 })
  // A connection refused after it was made is told by the promise as well.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
  } catch (error) {
    const code = (error as { code?: string }).code
    throw new StartError(
      `The database at DATABASE_URL does not answer${code ? ` (${code})` : ''}. Check the address and that it runs, or leave DATABASE_URL out to use the embedded one.`,
    )
  } finally {
    await client.end().catch(() => {})
  }
}

export interface OpenHouse {
  readonly house: House
  readonly doors: DatabaseDoors
  readonly senders: Senders
  readonly demoClock: DemoClock | undefined
  /** In turn, last first. */
  close(): Promise<void>
}

/** What a web process and a worker have in common: the database, brought to now, and all that stands on it. */
export async function openHouse(
  settings: Settings,
  more: { log: Log; publicUrl: () => string; wakeWorker: () => void },
): Promise<OpenHouse> {
  const closing: (() => Promise<void> | void)[] = []
  const close = async () => {
    for (const each of closing.splice(0).reverse()) await each()
  }
  try {
    const doors = await openDoors(settings, more.log)
    closing.push(() => doors.stop())
    await migrate(doors.ownerUrl, doors.appPassword)
    const database = openDatabase(doors.appUrl, { connections: 20 })
    closing.push(() => database.close())
    const demoClock = settings.mode === 'demo' ? await openDemoClock(database.pool) : undefined
    const mailOut = settings.smtpUrl === undefined ? undefined : { ...settings, smtpUrl: settings.smtpUrl }
    const senders = mailOut
      ? realSenders({ ...mailOut, replyAddress: replyAddresses(settings.secret) })
      : demoSenders
    closing.push(() => senders.close())
    const house: House = {
      mode: settings.mode,
      database,
      clock: demoClock ?? realClock,
      sessions: openSessions({
        pool: database.pool,
        // How long somebody is signed in is real time: moving the demo's clock signs nobody out.
        clock: realClock,
        secret: keyFor(settings.secret, 'sessions'),
        secretBefore: settings.secretBefore && keyFor(settings.secretBefore, 'sessions'),
        secure: settings.mode === 'production',
      }),
      tokens: openFormTokens(settings.secret),
      files: openFiles(storeFor(settings.filesUrl, join(settings.dataDir, 'files'))),
      log: more.log,
      metrics: openMetrics(),
      secret: settings.secret,
      secretBefore: settings.secretBefore,
      trustProxy: settings.trustProxy,
      metricsToken: settings.metricsToken,
      mailInToken: settings.mailInToken,
      mailInServer: settings.mailInServer,
      mailOut,
      publicUrl: more.publicUrl,
      wakeWorker: more.wakeWorker,
    }
    return { house, doors, senders, demoClock, close }
  } catch (error) {
    await close().catch(() => {})
    throw error
  }
}

/** One clear line for whoever starts the product: what is wrong and what to do. */
export function inOneLine(error: unknown): string {
  if (error instanceof SettingsError || error instanceof StartError) return error.message
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (code === 'ENOSPC' || code === '53100') return diskFull
  if (code === '42501') {
    return 'The account in DATABASE_URL may not do enough: it must own the database and be allowed to make roles (CREATEROLE).'
  }
  const words = String(message ?? error).split('\n')[0]!
  return `Could not start: ${words}${typeof code === 'string' ? ` (${code})` : ''}. Set LOG_LEVEL=debug to see where.`
}

export { SettingsError, StartError }
