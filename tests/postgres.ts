import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '#platform/database/migrate.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres/index.ts'
import { appPasswordFrom } from '#src/house-start.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    ownerUrl: string
    demonstrationFiles: string
  }
}

export const testSecret = 'a secret that only tests use, long enough'
/** The same for every process of the run: the role belongs to the whole server. */
export const testAppPassword = appPasswordFrom(testSecret)
export const templateName = 'loop_template'

/** One real PostgreSQL for the run, and in it a migrated template that each test file clones. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'loop-tests-'))
  chmodSync(folder, 0o711)
  const embedded = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), forTests: true })
  const client = new pg.Client({ connectionString: embedded.url })
  await client.connect()
  await client.query(`create database ${templateName}`)
  await client.end()
  await migrate(databaseUrl(embedded.url, templateName), testAppPassword)
  project.provide('ownerUrl', embedded.url)
  const files = join(folder, 'files')
  mkdirSync(files)
  project.provide('demonstrationFiles', files)
  return async () => {
    await embedded.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

export function databaseUrl(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
