import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartError, startEmbeddedPostgres } from '#platform/embedded-postgres/index.ts'
import { type Settings, SettingsError } from '#platform/settings.ts'

export interface DatabaseDoors {
  /** The owner's connection: migrations, the queue, checks. Never the pages'. */
  readonly ownerUrl: string
  /** The product's own: neither owner nor superuser. */
  readonly appUrl: string
  readonly appPassword: string
  readonly takenOver: boolean
  stop(): Promise<void>
}

/** The database that was set, or the embedded one. Throws an error whose message says what to do. */
export async function openDoors(settings: Settings): Promise<DatabaseDoors> {
  const appPassword = appPasswordIn(settings)
  if (settings.databaseUrl) {
    await answers(settings.databaseUrl)
    return {
      ownerUrl: settings.databaseUrl,
      appUrl: asApp(settings.databaseUrl, appPassword),
      appPassword,
      takenOver: false,
      stop: async () => {},
    }
  }
  const embedded = await startEmbeddedPostgres({ dataDir: join(settings.dataDir, 'postgres') })
  return {
    ownerUrl: embedded.url,
    appUrl: asApp(embedded.url, appPassword),
    appPassword,
    takenOver: embedded.tookOver,
    stop: () => embedded.stop(),
  }
}

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

/** Made once and kept beside the data; the owner sets it anew at each start, so losing it loses nothing. */
function appPasswordIn(settings: Settings): string {
  const path = join(settings.dataDir, 'database-password')
  try {
    if (existsSync(path)) return readFileSync(path, 'utf8')
    mkdirSync(settings.dataDir, { recursive: true })
    const made = randomBytes(24).toString('base64url')
    writeFileSync(path, made, { mode: 0o600, flag: 'wx' })
    return made
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return readFileSync(path, 'utf8')
    throw new SettingsError(
      `Cannot write to ${settings.dataDir} (${(error as NodeJS.ErrnoException).code}). Free some space, or set DATA_DIR to a folder that can be written.`,
    )
  }
}

export { SettingsError, StartError }
