import fc from 'fast-check'
import { sql } from 'kysely'
import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import type { Tx } from '#platform/database/tables.ts'
import { anyRow, insertRow, type TableFacts, tablesOf } from './catalogue.ts'
import { openTestHouse, type TestHouse } from './house.ts'
import { aNetwork, type TestNetwork } from './network.ts'

/** The few tables that belong to the installation and to no network; each has a reason. */
const ofTheInstallation = [
  'account', // one person may belong to several networks with one sign-in
  'demo_clock',
  'kept_writing', // what was typed when a session ended, until the person is known again
  'mail_pace', // when the next e-mail may go out, whichever worker sends it
  'migration',
  'migration_lock',
  'network',
  'passkey',
  'push_key', // by it the services of browsers’ makers know this installation
  'rate_window',
  'second_factor',
  'session',
  'sign_in_method',
  'verification',
]

/** Functions that run as the owner, past row-level security: each answers one question before a network is chosen. */
const namedDoors = [
  'account_is_staff',
  'account_of_api_token', // whose token a program brings, before a network is entered
  'audit_append',
  'contributions_found', // only of the network that was entered, as `contributions_near`, and what the reader may read
  'contributions_near', // only of the network that was entered: the trigram index is not used behind the policy
  'forget_device', // signing out is of the installation; answers nothing
  'networks_of_account',
  'open_session',
  'own_space_forget', // takes one person’s own words out of a space that nobody else may open; answers nothing
  'own_space_mine', // one’s own words there, also when one is no volunteer any more
  'own_space_old', // ends what is old there; answers a number
  'people_with_demo_key',
  'people_with_email',
  'publications_found', // only of the network that was entered, and what it has published
  'published_near', // what a network and its contributor have published may be shown to others
  'sign_in_door',
  'telling_words', // how often a word is used here
  'undo_import', // only of the network that was entered: what one import made, within a day
]

const me = "(NULLIF(current_setting('app.person'::text, true), ''::text))::integer"
const ofOneReader = `(person_id = ${me})`
const ofConcern = (table: string) =>
  `(EXISTS ( SELECT 1 FROM concern c WHERE ((c.network_id = ${table}.network_id) AND (c.id = ${table}.concern_id))))`

/** A second policy that narrows the first: not everybody of a network. */
const narrowed: Readonly<Record<string, string>> = {
  paper_reading: ofOneReader,
  reading_note: ofOneReader,
  // Whoever raised it, whom they chose (the clock looks with the eyes of all of these), and who brings its return code;
  // what belongs to it follows.
  concern: `((raiser_person_id = ${me}) OR (${me} = ANY (reader_ids)) OR (reader_ids <@ (NULLIF(current_setting('app.eyes'::text, true), ''::text))::integer[]) OR (door = NULLIF(current_setting('app.concern'::text, true), ''::text)))`,
  ...Object.fromEntries(
    ['concern_entry', 'concern_file', 'concern_key', 'concern_look', 'concern_reader'].map(each => [
      each,
      ofConcern(each),
    ]),
  ),
  // A thread between two buddies is for the two.
  ...Object.fromEntries(
    ['message_thread', 'message_written'].map(each => [
      each,
      `((one_person_id IS NULL) OR (one_person_id = ${me}) OR (other_person_id = ${me}))`,
    ]),
  ),
  // What volunteers say in a space of their own is for them.
  ...Object.fromEntries(
    [
      'own_space_topic',
      'own_space_post',
      'own_space_report',
      'own_space_election',
      'own_space_candidate',
      'own_space_vote',
      'own_space_bringing',
      'own_space_signing',
    ].map(each => [each, 'in_own_space(network_id, space_id)']),
  ),
  // That something waits about a concern is for its own reader, and for the clock that sends it.
  message: `((about_kind <> ALL (ARRAY['concern'::text, 'own-space-private'::text])) OR (person_id = ${me}) OR (${me} IS NULL))`,
}

let house: TestHouse
let network: TestNetwork
let tables: TableFacts[]
let other: number

beforeAll(async () => {
  house = await openTestHouse()
  network = await aNetwork(house)
  tables = await tablesOf(house.owner)
  const found = await house.owner.query('select id from network where slug = $1', [network.otherSlug])
  other = found.rows[0].id
})

test('HOUSE-4 every table belongs to a network, but for a short list that belongs to the installation', () => {
  expect(tables.filter(each => !each.ofNetwork).map(each => each.name)).toEqual(ofTheInstallation)
  expect(tables.filter(each => each.ofNetwork).length).toBeGreaterThan(20)
})

test('HOUSE-4 every key of a network’s table begins with the network', async () => {
  const { rows } = await house.owner.query(`
    select c.relname || ': ' || i.relname as key
    from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
    where c.relnamespace = 'public'::regnamespace and x.indisunique
      and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'network_id')
      and (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = x.indkey[0]) is distinct from 'network_id'`)
  expect(rows).toEqual([])
  const without = await house.owner.query(`
    select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and not exists (select 1 from pg_constraint k where k.conrelid = c.oid and k.contype = 'p')`)
  expect(without.rows).toEqual([])
})

test('HOUSE-4 a reference from one network’s row to another table carries the network with it', async () => {
  const { rows } = await house.owner.query(`
    select k.conname, c.relname, t.relname as refers_to
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class t on t.oid = k.confrelid
    where k.contype = 'f' and c.relnamespace = 'public'::regnamespace
      and exists (select 1 from pg_attribute a where a.attrelid = t.oid and a.attname = 'network_id')
      and not exists (select 1 from pg_attribute a
        where a.attrelid = c.oid and a.attnum = any (k.conkey) and a.attname = 'network_id')`)
  expect(rows).toEqual([])
})

test('HOUSE-4 every table of a network denies by default', async () => {
  const { rows } = await house.owner.query(`
    select c.relname as name, c.relrowsecurity as on, pg_get_userbyid(c.relowner) as owner,
      coalesce((select json_agg(json_build_object('using', pg_get_expr(p.polqual, c.oid),
        'check', pg_get_expr(p.polwithcheck, c.oid), 'for', p.polcmd, 'narrows', not p.polpermissive)
        order by not p.polpermissive) from pg_policy p where p.polrelid = c.oid), '[]') as policies
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'network_id')`)
  const only = (column: string, setting: string) =>
    `(${column} = (NULLIF(current_setting('${setting}'::text, true), ''::text))::integer)`
  const rule = only('network_id', 'app.network')
  for (const row of rows) {
    for (const each of row.policies) {
      each.using = each.using.replace(/\s+/g, ' ')
      each.check = each.check.replace(/\s+/g, ' ')
    }
    expect(row).toEqual({
      name: row.name,
      on: true,
      owner: 'owner',
      policies: [
        { using: rule, check: rule, for: '*', narrows: false },
        ...(narrowed[row.name]
          ? [{ using: narrowed[row.name], check: narrowed[row.name], for: '*', narrows: true }]
          : []),
      ],
    })
  }
})

test('HOUSE-4 past row-level security lead a few named doors, and no view', async () => {
  const doors = await house.owner.query(`
    select p.proname as name, has_function_privilege('public', p.oid, 'execute') as open
    from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef order by 1`)
  expect(doors.rows.map(each => each.name)).toEqual(namedDoors)
  expect(doors.rows.filter(each => each.open)).toEqual([])
  const views = await house.owner.query(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')`,
  )
  expect(views.rows).toEqual([])
})

test('HOUSE-4 no statement of one network finds, counts, changes, adds or removes another’s row', async () => {
  const owner = new pg.Client({ connectionString: house.ownerUrl })
  await owner.connect()
  // Rows for every table without living through a story for each: only this database's own rules are lifted.
  await owner.query('set session_replication_role = replica')
  const checks = await owner.query(`
    select c.relname as table, k.conname as name from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype in ('c', 'f') and c.relnamespace = 'public'::regnamespace`)
  for (const each of checks.rows)
    await owner.query(`alter table "${each.table}" drop constraint "${each.name}"`)
  const ours = tables.filter(each => each.ofNetwork)
  for (const table of ours) {
    for (const id of [network.id, other]) {
      const before = await owner.query(`select 1 from "${table.name}" where network_id = $1 limit 1`, [id])
      if (before.rows.length === 0) await insertRow(owner, table.name, anyRow(table, id, { full: true }))
    }
  }
  await owner.end()

  const counted = async (id: number) => {
    const all: Record<string, string> = {}
    for (const table of ours) {
      const { rows } = await house.owner.query(
        `select count(*) as n, md5(string_agg(t::text, '|' order by t::text)) as sum from "${table.name}" t where network_id = $1`,
        [id],
      )
      expect(Number(rows[0].n), table.name).toBeGreaterThan(0)
      all[table.name] = `${rows[0].n} ${rows[0].sum}`
    }
    return all
  }
  const before = await counted(other)
  const withRows = fc.record({
    table: fc.constantFrom(...ours),
    beside: fc.constantFrom(...ours),
    way: fc.constantFrom(
      'rows',
      'count',
      'by id',
      'or true',
      'join',
      'exists',
      'union',
      'update',
      'move here',
      'give away',
      'delete',
      'insert',
    ),
    inside: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(withRows, async ({ table, beside, way, inside }) => {
      const t = sql.id(table.name)
      const b = sql.id(beside.name)
      const found = async (tx: Tx): Promise<number> => {
        const count = async (query: ReturnType<typeof sql<{ n: number }>>) =>
          Number((await query.execute(tx)).rows[0]!.n)
        const changed = async (query: ReturnType<typeof sql>) =>
          Number((await query.execute(tx)).numAffectedRows ?? 0)
        switch (way) {
          case 'rows':
            return (await sql`select * from ${t} where network_id <> ${network.id}`.execute(tx)).rows.length
          case 'count':
            return await count(sql`select count(*) as n from ${t} where network_id = ${other}`)
          case 'by id':
            return await count(sql`select count(*) as n from ${t} where network_id in (${other}, ${other})`)
          case 'or true':
            return await count(
              sql`select count(*) filter (where network_id = ${other}) as n from ${t} where network_id = ${network.id} or true`,
            )
          case 'join':
            return await count(
              sql`select count(*) as n from ${t} x join ${b} y on true where x.network_id = ${other} or y.network_id = ${other}`,
            )
          case 'exists':
            return await count(
              sql`select (exists (select 1 from ${t} where network_id = ${other}))::integer as n`,
            )
          case 'union':
            return await count(
              sql`select count(*) as n from (select network_id from ${t} union all select network_id from ${b}) u where network_id = ${other}`,
            )
          case 'update':
            return await changed(sql`update ${t} set network_id = network_id where network_id = ${other}`)
          case 'move here':
            return await changed(sql`update ${t} set network_id = ${network.id} where network_id = ${other}`)
          case 'give away':
            return await changed(sql`update ${t} set network_id = ${other} where network_id = ${network.id}`)
          case 'delete':
            return await changed(sql`delete from ${t} where network_id = ${other} or true`).then(
              async deleted => (inside ? 0 : deleted),
            )
          case 'insert': {
            const row = anyRow(table, other, { full: true })
            const names = Object.keys(row).join(', ')
            return await changed(
              sql.raw(`insert into "${table.name}" (${names}) values (${Object.values(row).join(', ')})`),
            )
          }
        }
      }
      const undone = Symbol('undone')
      const attempt = async (tx: Tx) => {
        const reached = await found(tx)
        throw Object.assign(new Error('undone'), { undone, reached })
      }
      let reached = 0
      try {
        if (inside) await house.database.network(network.id, attempt)
        else await house.database.pool.transaction().execute(attempt)
      } catch (error) {
        const known = error as { undone?: symbol; reached?: number; code?: string; message: string }
        if (known.undone === undone) reached = known.reached!
        // Refused: the role has no such right, or the row would belong to another network.
        else if (known.code !== '42501') throw error
      }
      expect(reached).toBe(0)
    }),
    { numRuns: 400 },
  )
  // Deleting "everything" is tried for good, where the role may.
  for (const table of ours) {
    await house.database
      .network(network.id, tx => sql`delete from ${sql.id(table.name)}`.execute(tx))
      .catch(error => expect(['42501', '23503']).toContain((error as { code?: string }).code))
  }
  expect(await counted(other)).toEqual(before)
})
