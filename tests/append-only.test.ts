import fc from 'fast-check'
import { sql } from 'kysely'
import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { appendAudit, verifyAudit } from '#platform/audit.ts'
import { type Database, openDatabase } from '#platform/database/connect.ts'
import { doingOf } from '#platform/doing.ts'
import { openTestHouse, type TestHouse } from './house.ts'
import { aNetwork, type TestNetwork } from './network.ts'

let house: TestHouse
let network: TestNetwork
let otherId: number
let owner: Database

beforeAll(async () => {
  house = await openTestHouse()
  network = await aNetwork(house)
  otherId = (await house.owner.query('select id from network where slug = $1', [network.otherSlug])).rows[0]
    .id
  owner = openDatabase(house.ownerUrl, { connections: 1 })
  return async () => {
    await owner.close()
  }
})

const entries = async (id: number, count: number) => {
  for (let n = 0; n < count; n++) {
    await house.database.network(id, tx =>
      appendAudit(tx, {
        at: house.clock.now(),
        personId: n % 3 === 0 ? null : n,
        action: 'contribution-viewed',
        thingKind: 'contributions',
        thingId: `C-${1000 + n}`,
      }),
    )
  }
}

test.each(
  ['history', 'audit', 'audit_head', 'reminder'].flatMap(table =>
    ['update %s set network_id = network_id', 'delete from %s', 'truncate %s'].map(each => [
      each.replace('%s', table),
    ]),
  ),
)('HOUSE-6 the product cannot: %s', async statement => {
  await expect(
    house.database.network(network.id, tx => sql.raw(statement).execute(tx)),
  ).rejects.toMatchObject({ code: '42501' })
})

test('HOUSE-6 the product cannot write an audit entry past the chain', async () => {
  await expect(
    house.database.network(network.id, tx =>
      sql`insert into audit values (${network.id}, 1, now(), null, 'a', 'b', 'c', '\\x00', '\\x00')`.execute(
        tx,
      ),
    ),
  ).rejects.toMatchObject({ code: '42501' })
  await expect(
    house.database.pool
      .transaction()
      .execute(tx =>
        appendAudit(tx, { at: house.clock.now(), personId: null, action: 'a', thingKind: 'b', thingId: 'c' }),
      ),
  ).rejects.toThrow('no network is set')
})

test('HOUSE-6 each network has its own chain, also when many write at once', async () => {
  await Promise.all([entries(network.id, 8), entries(network.id, 8), entries(otherId, 8)])
  const { broken, checked } = await verifyAudit(owner.pool)
  expect(broken).toEqual([])
  expect(checked).toBeGreaterThanOrEqual(24)
  const { rows } = await house.owner.query('select seq from audit where network_id = $1 order by seq', [
    network.id,
  ])
  expect(rows.map(each => Number(each.seq))).toEqual(rows.map((_, at) => at + 1))
})

/** Does harm as the owner could, looks what the verification says, and makes it undone. */
async function afterHarm(harm: (client: pg.Client) => Promise<unknown>) {
  const client = new pg.Client({ connectionString: house.ownerUrl })
  await client.connect()
  await client.query('create temporary table kept_audit as table audit')
  await client.query('create temporary table kept_head as table audit_head')
  await harm(client)
  const { broken } = await verifyAudit(owner.pool)
  await client.query('delete from audit; insert into audit select * from kept_audit')
  await client.query('delete from audit_head; insert into audit_head select * from kept_head')
  await client.end()
  expect((await verifyAudit(owner.pool)).broken).toEqual([])
  return broken
}

test('HOUSE-6 any change to any entry is found, and the first broken one is named', async () => {
  const { rows } = await house.owner.query(
    'select max(seq)::integer as last from audit where network_id = $1',
    [network.id],
  )
  const changes = fc.constantFrom(
    "at = at + interval '1 microsecond'",
    'by_person_id = coalesce(by_person_id, 0) + 1',
    "action = action || ' '",
    "thing_kind = 'meetings'",
    "thing_id = 'C-1'",
    'hash = sha256(hash)',
  )
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: rows[0].last }), changes, async (seq, change) => {
      const broken = await afterHarm(client =>
        client.query(`update audit set ${change} where network_id = ${network.id} and seq = ${seq}`),
      )
      expect(broken).toEqual([{ network: network.slug, seq, why: 'changed' }])
    }),
    { numRuns: 25 },
  )
})

test('HOUSE-6 an entry that was taken out, and an end that was cut off, are found in the network where it happened', async () => {
  const gone = await afterHarm(client =>
    client.query(`delete from audit where network_id = ${otherId} and seq = 3`),
  )
  expect(gone).toEqual([{ network: network.otherSlug, seq: 4, why: 'removed' }])
  const closedUp = await afterHarm(async client => {
    await client.query(`delete from audit where network_id = ${otherId} and seq = 3`)
    // In two steps: one after the other would meet a number that is still taken.
    await client.query(`update audit set seq = -seq where network_id = ${otherId} and seq > 3`)
    await client.query(`update audit set seq = -seq - 1 where network_id = ${otherId} and seq < 0`)
  })
  expect(closedUp[0]).toMatchObject({ network: network.otherSlug, seq: 3 })
  const cut = await afterHarm(client =>
    client.query(`delete from audit where network_id = ${otherId} and seq > 6`),
  )
  expect(cut).toEqual([{ network: network.otherSlug, seq: 8, why: 'cut-off' }])
  const all = await afterHarm(client => client.query(`delete from audit where network_id = ${otherId}`))
  expect(all).toEqual([{ network: network.otherSlug, seq: 8, why: 'cut-off' }])
})

test('HOUSE-6 what happened, its audit and its messages are there together or not at all', async () => {
  const count = async () =>
    (
      await house.owner.query(`select (select count(*) from history)::integer as history,
        (select count(*) from audit)::integer as audit, (select count(*) from message)::integer as message`)
    ).rows[0]
  const before = await count()
  const door = { slug: network.slug, accountId: undefined, today: house.clock.today() }
  const step = (breaks: boolean) =>
    house.database.enter(door, async (tx, entry) => {
      const doing = doingOf(house.house, tx, entry!, undefined)
      await doing.happened({ kind: 'test', id: 1 }, [{ event: 'tested', details: {} }])
      await doing.tell({
        key: 'together',
        personId: network.volunteer.id,
        kind: 'test',
        subject: 'tested',
        paragraphs: ['Tested.'],
        about: { kind: 'test', id: '1' },
      })
      await doing.audit('tested', 'test', '1')
      if (breaks) throw new Error('power cut')
    })
  await expect(step(true)).rejects.toThrow('power cut')
  expect(await count()).toEqual(before)
  await step(false)
  expect(await count()).toEqual({
    history: before.history + 1,
    audit: before.audit + 1,
    message: before.message + 1,
  })
})
