import { Kysely, PostgresDialect, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { migrations } from '#migrations/index.ts'
import { appRole, type Owner } from '#migrations/migration.ts'

/**
 * Brings the schema to now. Safe when several processes start at once: the migrator takes a lock in the
 * database, so each migration runs once.
 * @param upTo stops after this migration (for tests of the way from an earlier state)
 * @returns the names of the migrations that this call ran
 */
export async function migrate(ownerUrl: string, appPassword: string, upTo?: string): Promise<string[]> {
  const db: Owner = new Kysely({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: ownerUrl, max: 2 }) }),
  })
  try {
    await makeAppRole(db, appPassword)
    const migrator = new Migrator({
      db,
      provider: { getMigrations: async () => migrations },
      migrationTableName: 'migration',
      migrationLockTableName: 'migration_lock',
    })
    const { error, results } = upTo ? await migrator.migrateTo(upTo) : await migrator.migrateToLatest()
    if (error) throw error
    // One at a time, as the role itself: two that grant at the same moment would stop one of them.
    await db.transaction().execute(async tx => {
      await sql`select pg_advisory_xact_lock(740117)`.execute(tx)
      await sql.raw(`grant select on migration to ${appRole}`).execute(tx)
    })
    return (results ?? []).map(result => result.migrationName)
  } finally {
    await db.destroy()
  }
}

/** The names of the migrations that this program knows, in order. */
export const knownMigrations = Object.keys(migrations)

async function makeAppRole(db: Owner, password: string): Promise<void> {
  if (!/^[A-Za-z0-9_-]{16,}$/.test(password))
    throw new Error('the database password of the product is malformed')
  await db.transaction().execute(async tx => {
    // Roles belong to the whole server: two databases on it may be made ready at the same moment.
    await sql`select pg_advisory_xact_lock(740117)`.execute(tx)
    const found = await sql`select 1 from pg_roles where rolname = ${appRole}`.execute(tx)
    const verb = found.rows.length === 0 ? 'create' : 'alter'
    const attributes = 'login nosuperuser nocreatedb nocreaterole nobypassrls'
    await sql.raw(`${verb} role ${appRole} with ${attributes} password '${password}'`).execute(tx)
    const database = await sql<{ name: string }>`select current_database() as name`.execute(tx)
    await sql`grant connect on database ${sql.id(database.rows[0]!.name)} to ${sql.id(appRole)}`.execute(tx)
    await sql.raw(`grant usage on schema public to ${appRole}`).execute(tx)
  })
}
