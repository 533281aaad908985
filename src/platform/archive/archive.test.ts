import { randomBytes } from 'node:crypto'
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync, zipSync } from 'fflate'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillDemo } from '#demo/index.ts'
import { verifyAudit } from '#platform/audit.ts'
import { openDatabase } from '#platform/database/connect.ts'
import { type FileStore, folderStore } from '#platform/files.ts'
import { openTestHouse, type TestHouse } from '#tests/house.ts'
import { NoScriptPerson } from '#tests/person.ts'
import { archivedTables, type Manifest, quoted } from './catalogue.ts'
import { exportNetwork, importNetwork } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'loop-archive-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const path = join(folder, 'wmin.zip')

let here: TestHouse
let there: TestHouse
let store: FileStore
let storeThere: FileStore
let manifest: Manifest
let key: string

const asOwner = async <T>(house: TestHouse, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: house.ownerUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

beforeAll(async () => {
  here = await openTestHouse()
  there = await openTestHouse()
  store = folderStore(join(folder, 'here'))
  storeThere = folderStore(join(folder, 'there'))
  await fillDemo(here.house, here.app.slices)
  // A file that is too large for one piece, and words that are hard on every format.
  key = '6f0c1d9a-3b53-4a0e-9a8f-1c2d3e4f5a6b'
  await store.put(key, randomBytes(900_000))
  await here.owner.query(
    `insert into stored_file (network_id, thing_kind, thing_id, name, type, bytes, sha256, store_key, at)
     select id, 'contribution', 1, $1, 'application/pdf', 900000, 'x', $2, now() from network where slug = 'wmin'`,
    ['Plan “ä” \\ "quoted"\nاردو 👩‍⚕️.pdf', key],
  )
  const made = await asOwner(here, client =>
    exportNetwork(client, store, 'wmin', () => createWriteStream(path), '2026-06-09T09:00:00Z'),
  )
  manifest = made!
}, 120_000)

/** Every row of every table, as text, whatever order they come in. */
async function rowsOf(house: TestHouse): Promise<Record<string, string[]>> {
  return await asOwner(house, async client => {
    const all: Record<string, string[]> = {}
    for (const table of await archivedTables(client)) {
      const of = table.name === 'network' ? 'id' : 'network_id'
      const { rows } = await client.query<{ line: string }>(
        `select to_jsonb(t)::text as line from ${quoted(table.name)} t
         where ${of} = (select id from network where slug = 'wmin') order by 1`,
      )
      all[table.name] = rows.map(row => row.line)
    }
    return all
  })
}

test('REACH-18 an archive holds every table of the network, each file, and a page to read', () => {
  const archive = unzipSync(readFileSync(path))
  expect(manifest.tables.find(each => each.name === 'contribution')!.rows).toBeGreaterThan(40)
  for (const each of manifest.tables) {
    const lines = strFromU8(archive[`tables/${each.name}.jsonl`]!).split('\n').filter(Boolean)
    expect(lines.length, each.name).toBe(each.rows)
    if (each.name === 'contribution') {
      expect(Object.keys(JSON.parse(lines[0]!))).toEqual(each.columns.map(one => one.name))
    }
  }
  const page = strFromU8(archive['index.html']!)
  expect(page).toContain('<h1>Archive of West Midlands Imaging Network</h1>')
  expect(page).not.toContain('<script')
  // Nothing of the other network, and no way to sign in.
  const all = Object.values(archive)
    .map(each => strFromU8(each))
    .join('\n')
  expect(all).not.toContain('Example Imaging Network')
  expect(
    Object.keys(archive).filter(name =>
      /^tables.(session|passkey|second_factor|sign_in_method|verification)[.]/.test(name),
    ),
  ).toEqual([])
})

test('REACH-18 what is not whole, not ours or not of this schema is refused, and nothing is written', async () => {
  const archive = unzipSync(readFileSync(path))
  const tried = async (name: string, bytes: Uint8Array) => {
    const file = join(folder, `${name}.zip`)
    writeFileSync(file, bytes)
    const done = await asOwner(there, client => importNetwork(client, storeThere, file))
    return done.ok ? 'taken' : done.sentence
  }
  const changed = { ...archive, 'tables/person.jsonl': new TextEncoder().encode('{"id":1}\n') }
  expect(await tried('changed', zipSync(changed))).toContain('not as it was made: tables/person.jsonl')
  const { 'tables/person.jsonl': _, ...without } = archive
  expect(await tried('without', zipSync(without))).toContain('not as it was made')
  expect(await tried('more', zipSync({ ...archive, 'tables/extra.jsonl': new Uint8Array(2) }))).toContain(
    'not as it was made',
  )
  expect(await tried('cut', readFileSync(path).subarray(0, 200_000))).toContain('cannot be read')
  expect(await tried('words', new TextEncoder().encode('not a zip'))).toContain('cannot be read')
  expect(await tried('other', zipSync({ 'a.txt': new Uint8Array(3) }))).toContain('not an archive')
  const older = { ...manifest, schema: '0001-house' }
  const text = new TextEncoder().encode(JSON.stringify(older))
  expect(await tried('older', zipSync({ ...archive, 'manifest.json': text }))).toContain(
    'fits the schema 0001-house',
  )
  expect((await there.owner.query('select from network')).rows).toEqual([])
  expect((await there.owner.query('select from account')).rows).toEqual([])
})

test('REACH-18 an archive goes into an empty installation, and nothing is lost', async () => {
  const done = await asOwner(there, client => importNetwork(client, storeThere, path))
  expect(done.ok).toBe(true)
  const [before, after] = [await rowsOf(here), await rowsOf(there)]
  for (const name of Object.keys(before)) expect(after[name], name).toEqual(before[name])
  const body = await storeThere.read(key)
  const bytes = Buffer.from(await new Response(body).arrayBuffer())
  const original = Buffer.from(await new Response(await store.read(key)).arrayBuffer())
  expect(bytes.equals(original)).toBe(true)
  // The chain of the audit holds there, too.
  const owner = openDatabase(there.ownerUrl, { connections: 1 })
  expect((await verifyAudit(owner.pool)).broken).toEqual([])
  await owner.close()
  // Rules that rested are back.
  const rules = await there.owner.query(
    `select count(*) filter (where condeferrable)::int as loose from pg_constraint where contype = 'f'`,
  )
  expect(rules.rows[0].loose).toBe(0)
  const resting = await there.owner.query(
    `select count(*)::int as n from pg_trigger where not tgisinternal and tgenabled = 'D'`,
  )
  expect(resting.rows[0].n).toBe(0)
  // A second time there is a network already.
  const again = await asOwner(there, client => importNetwork(client, storeThere, path))
  expect(again).toMatchObject({
    ok: false,
    sentence: expect.stringContaining('There is a network here already'),
  })
})

test('REACH-18 people go on where they were: the same pages, and the next reference follows', async () => {
  const account = await there.owner.query<{ account_id: string }>(
    `select account_id from person where demo_key = 'volunteer-1'`,
  )
  const person = async (house: TestHouse) => {
    const one = new NoScriptPerson(house.app)
    const cookie = await house.house.sessions.start(account.rows[0]!.account_id, { secondFactor: true })
    one.takesCookies(new Response(null, { headers: { 'set-cookie': cookie } }))
    return one
  }
  const [old, moved] = [await person(here), await person(there)]
  for (const page of ['/wmin/contributions', '/wmin/meetings', '/wmin/actions']) {
    expect((await moved.reads(page)).text).toBe((await old.reads(page)).text)
  }
  let at = await moved.reads('/wmin/contributions/new/kind')
  at = await at.choose('An idea').press('Carry on')
  at = await at.fill('In your own words', 'Clocks that can be read from a bed.').press('Carry on')
  expect(at.status).toBe(200)
  await there.owner.query(`insert into history (network_id, thing_kind, thing_id, event, by_words, at)
    select id, 'network', id, 'tried', 'a test', now() from network`)
})

test('REACH-18 a network that is not there gives no archive', async () => {
  const made = await asOwner(here, client =>
    exportNetwork(client, store, 'nowhere', () => createWriteStream(join(folder, 'none.zip')), 'now'),
  )
  expect(made).toBeUndefined()
  expect(existsSync(join(folder, 'none.zip'))).toBe(false)
})
