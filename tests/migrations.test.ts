import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { knownMigrations, migrate } from '#platform/database/migrate.ts'
import { anyRow, insertRow, tablesOf } from './catalogue.ts'
import { databaseUrl, testAppPassword, testSecret } from './postgres.ts'
import { begin, ownFolder } from './program.ts'

const made: string[] = []
const open: pg.Client[] = []

async function emptyDatabase(): Promise<{ url: string; owner: pg.Client }> {
  const name = `loop_${randomBytes(6).toString('hex')}`
  const server = new pg.Client({ connectionString: inject('ownerUrl') })
  await server.connect()
  await server.query(`create database ${name}`)
  await server.end()
  made.push(name)
  const url = databaseUrl(inject('ownerUrl'), name)
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  open.push(owner)
  return { url, owner }
}

afterAll(async () => {
  for (const client of open) await client.end()
  const server = new pg.Client({ connectionString: inject('ownerUrl') })
  await server.connect()
  for (const name of made) await server.query(`drop database ${name} with (force)`)
  await server.end()
})

test('HOUSE-3 four processes that start at once on one empty database run each migration once', async () => {
  const { url, owner } = await emptyDatabase()
  const folder = ownFolder()
  const one = async () => {
    const program = begin('scripts/migrate.ts', { DATABASE_URL: url, SECRET: testSecret, DATA_DIR: folder })
    const { code } = await program.ended()
    return { code, out: program.out(), err: program.err() }
  }
  const all = await Promise.all([one(), one(), one(), one()])
  expect(all.map(each => `${each.code} ${each.err}`)).toEqual(['0 ', '0 ', '0 ', '0 '])
  const done = all.map(each => each.out.trim()).filter(each => each !== 'Nothing to do.')
  // One of them found the database empty and did all of it; the three others waited and found it done.
  expect(done).toEqual([`Done: ${knownMigrations.join(', ')}`])
  const { rows } = await owner.query('select name from migration order by name')
  expect(rows.map(each => each.name)).toEqual(knownMigrations)
}, 90_000)

/** A row that knows nothing of its table cannot keep a rule about two of its columns. */
async function dropRulesBetweenColumns(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ table: string; name: string }>(`
    select c.relname as table, k.conname as name from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype = 'c' and cardinality(k.conkey) > 1 and c.relnamespace = 'public'::regnamespace`)
  for (const { table, name } of rows) await owner.query(`alter table "${table}" drop constraint "${name}"`)
}

test.each(knownMigrations.map(name => [name]))(
  'HOUSE-3 an installation that stands at %s, with data in it, comes to now and keeps every word',
  async from => {
    const { url, owner } = await emptyDatabase()
    await migrate(url, testAppPassword, from)
    // A row in every table, without a story for each: references are not followed.
    await owner.query('set session_replication_role = replica')
    await dropRulesBetweenColumns(owner)
    const before = (await tablesOf(owner)).filter(each => !each.name.startsWith('migration'))
    for (const table of before) await insertRow(owner, table.name, anyRow(table, 1, { full: false }))
    const read = async (name: string, columns: readonly string[]) =>
      (await owner.query(`select ${columns.map(each => `"${each}"`).join(', ')} from "${name}"`)).rows
    const kept = new Map<string, unknown>()
    for (const table of before)
      kept.set(table.name, await read(table.name, Object.keys(anyRow(table, 1, { full: false }))))

    await migrate(url, testAppPassword)

    const now = new Set((await tablesOf(owner)).map(each => each.name))
    for (const table of before) {
      expect(now).toContain(table.name)
      // A migration may add a row (a counter that goes on from what is there), and loses none.
      expect(await read(table.name, Object.keys(anyRow(table, 1, { full: false }))), table.name).toEqual(
        expect.arrayContaining(kept.get(table.name) as unknown[]),
      )
    }
    const { rows } = await owner.query('select name from migration order by name')
    expect(rows.map(each => each.name)).toEqual(knownMigrations)
    expect(await migrate(url, testAppPassword)).toEqual([])
  },
)

test('HOUSE-3 the product’s role in the database is neither owner nor superuser, and cannot change the schema', async () => {
  const { url, owner } = await emptyDatabase()
  await migrate(url, testAppPassword)
  const { rows } = await owner.query(`
    select rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication, rolinherit,
      (select count(*)::integer from pg_auth_members where member = r.oid) as "memberOf",
      (select count(*)::integer from pg_class where relowner = r.oid) as owns,
      has_schema_privilege(rolname, 'public', 'create') as "mayCreate",
      (select count(*)::integer from pg_tables where schemaname = 'public' and tableowner = r.rolname) as tables
    from pg_roles r where rolname = 'loop_app'`)
  expect(rows).toEqual([
    {
      rolsuper: false,
      rolcreatedb: false,
      rolcreaterole: false,
      rolbypassrls: false,
      rolreplication: false,
      rolinherit: true,
      memberOf: 0,
      owns: 0,
      mayCreate: false,
      tables: 0,
    },
  ])
  const app = new pg.Client({
    connectionString: url.replace(/\/\/[^@]+@/, `//loop_app:${testAppPassword}@`),
  })
  await app.connect()
  for (const statement of [
    'create table mine (id integer)',
    'alter table history disable row level security',
    'drop policy of_this_network on history',
    'set role owner',
    'set session_replication_role = replica',
    'create schema mine',
    "copy history to program 'cat'",
  ]) {
    await expect(app.query(statement), statement).rejects.toMatchObject({
      code: expect.stringMatching(/^(42501)$/),
    })
  }
  await app.end()
})
