import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { type Database, openDatabase } from '#platform/database/connect.ts'
import { doingOf } from '#platform/doing.ts'
import { asApp } from '#src/house-start.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { testAppPassword, testSecret } from '#tests/postgres.ts'
import { begin } from '#tests/program.ts'
import { castBallot } from './changes.ts'
import { aMotion, closes, type MadeMotion, meetingIs } from './for-tests.ts'
import { loadMotion } from './store.ts'
import type { Result } from './tally.ts'

// 200 members, 16 connections, every ballot sent twice at once, retried, and cut off in the middle (BOARD-15, R30).

const members = 200
let network: TestNetwork
let database: Database
let people: number[]

beforeAll(async () => {
  network = await aNetwork()
  await meetingIs(network, 'held')
  database = openDatabase(asApp(network.house.ownerUrl, testAppPassword), { connections: 16 })
  people = await network.inNetwork(async tx => {
    const made = await sql<{ id: number }>`
      insert into person (network_id, name, known_as, channel, created_at)
      select ${network.id}, 'Member ' || n, 'Member', 'email', now() from generate_series(1, ${members - 4}) n
      returning id`.execute(tx)
    await sql`insert into membership (network_id, person_id, group_id, role, voting, lay, from_on)
      select ${network.id}, id, ${network.groups.board}, 'member', true, id % 3 = 0, '2025-01-01' from person
      where name like 'Member %'`.execute(tx)
    return [
      ...made.rows.map(each => each.id),
      ...[network.boardChair, network.boardMember, network.volunteer, network.secondVolunteer].map(
        each => each.id,
      ),
    ]
  })
  return () => database.close()
})

const choices = ['for', 'against', 'abstain'] as const
const anyChoice = () => choices[randomInt(3)]!

async function cast(motion: MadeMotion, personId: number, choice: string): Promise<void> {
  const { house, clock } = network.house
  const done = await database.enter(
    { slug: network.slug, accountId: undefined, today: clock.today() },
    async (tx, entry) => {
      const doing = doingOf(house, tx, entry!, undefined)
      return await castBallot(
        doing,
        (await loadMotion(doing, motion.number, 'motion', personId))!,
        personId,
        [choice],
      )
    },
  )
  if (!done.accepted) throw new Error(done.sentence)
}

let tries = 0
let killed = 0
let kills = false

/** One of the connections that is in the middle of something is cut off. */
async function killOne(): Promise<void> {
  const { rows } = await network.house.owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and usename = 'loop_app' and state <> 'idle' order by random() limit 1`,
  )
  killed += rows.length
}

/** Sends until it is told that the ballot is in, as a person would who presses again. */
async function untilItIsIn(motion: MadeMotion, personId: number, choice: string): Promise<void> {
  for (let left = 100; ; left--) {
    tries += 1
    if (kills && tries % 10 === 0) await killOne()
    try {
      return await cast(motion, personId, choice)
    } catch (error) {
      if (left === 0 || /closed|not open|roll/.test(String(error))) throw error
    }
  }
}

async function resultOf(
  motion: MadeMotion,
): Promise<{ result: Result; ballots: number; counted: number; voted: number }> {
  const { rows } = await network.house.owner.query(
    `select m.result, (select count(*)::int from ballot b where b.network_id = m.network_id and b.motion_id = m.id) as ballots,
       (select count(*)::int from counted_ballot c where c.network_id = m.network_id and c.motion_id = m.id) as counted,
       (select count(*)::int from voter v where v.network_id = m.network_id and v.motion_id = m.id and v.has_voted) as voted
     from motion m where m.number = $1 and m.network_id = $2`,
    [motion.number, network.id],
  )
  return rows[0]
}

const tallyOf = (wanted: ReadonlyMap<number, string>) =>
  choices.map(key => ({ key, votes: [...wanted.values()].filter(each => each === key).length }))

test.each([
  ['open', false],
  ['secret', true],
] as const)(
  'BOARD-15 %s vote: 200 members on 16 connections, each twice at once and once changed, with connections killed: the tally equals the ballots',
  async (manner, isSecret) => {
    const motion = await aMotion(network, { open: true, terms: { manner, isSecret } })
    const wanted = new Map<number, string>()
    tries = 0
    killed = 0
    const started = performance.now()
    const waiting = [...people]
    const voters = async () => {
      for (let person = waiting.pop(); person !== undefined; person = waiting.pop()) {
        const first = anyChoice()
        // A double click: the same form twice in the same moment.
        await Promise.all([untilItIsIn(motion, person, first), untilItIsIn(motion, person, first)])
        const last = randomInt(2) === 0 ? first : anyChoice()
        if (last !== first) await untilItIsIn(motion, person, last)
        wanted.set(person, last)
      }
    }
    kills = true
    await Promise.all(Array.from({ length: 32 }, voters)).finally(() => {
      kills = false
    })
    const seconds = (performance.now() - started) / 1000
    await closes(network, motion)
    const { result, ballots, counted, voted } = await resultOf(motion)
    console.log(
      `${manner}: ${members} members, ${tries} tries, ${killed} connections killed, ${seconds.toFixed(1)} s; ` +
        `${result.voted} ballots counted: ${result.counts.map(each => `${each.votes} ${each.key}`).join(', ')}`,
    )
    expect(result.counts).toEqual(tallyOf(wanted))
    expect([result.voted, result.roll, voted]).toEqual([members, members, members])
    expect(isSecret ? counted : ballots).toBe(members)
    expect(killed).toBeGreaterThan(5)
  },
  240_000,
)

test('BOARD-15 a process that is killed in the middle leaves whole ballots or none, and the rest go on', async () => {
  const motion = await aMotion(network, { open: true, terms: { manner: 'secret', isSecret: true } })
  const wanted = new Map(people.map(each => [each, anyChoice() as string]))
  const program = begin('tests/votes-until-killed.ts', {
    DATABASE_URL: asApp(network.house.ownerUrl, testAppPassword),
    SLUG: network.slug,
    MOTION: String(motion.number),
    BALLOTS: JSON.stringify([...wanted]),
    SECRET: testSecret,
    NOW: network.house.clock.now().toString(),
  })
  const told = () => [...program.out().matchAll(/^in (\d+)$/gm)].map(each => Number(each[1]))
  await program.ready()
  while (told().length < 30 && program.child.exitCode === null) await wait(2)
  program.child.kill('SIGKILL')
  expect((await program.ended()).signal).toBe('SIGKILL')
  const { rows } = await network.house.owner.query(
    `select v.person_id, v.has_voted, (b.person_id is not null) as has_ballot from voter v
     join motion m on m.network_id = v.network_id and m.id = v.motion_id
     left join ballot b on b.network_id = v.network_id and b.motion_id = v.motion_id and b.person_id = v.person_id
     where m.number = $1 and m.network_id = $2`,
    [motion.number, network.id],
  )
  const inIt = rows.filter(each => each.has_ballot).map(each => each.person_id)
  // Who has voted and what was voted never come apart, and what a person was told is in.
  expect(rows.filter(each => each.has_voted !== each.has_ballot)).toEqual([])
  for (const person of told()) expect(inIt).toContain(person)
  expect(inIt.length).toBeLessThan(members)
  console.log(`killed after ${told().length} of ${members} were told, ${inIt.length} were in`)
  // Nobody knows whether the last ones were in: they press again, and each still has one ballot.
  for (const [person, choice] of wanted)
    if (!told().includes(person)) await untilItIsIn(motion, person, choice)
  await closes(network, motion)
  const { result, counted } = await resultOf(motion)
  expect(result.counts).toEqual(tallyOf(wanted))
  expect(counted).toBe(members)
}, 240_000)

test('BOARD-15 ballots and the closing in the same moment: whoever was told it is in, is counted, and nobody else', async () => {
  const motion = await aMotion(network, { open: true })
  const told = new Map<number, string>()
  let refused = 0
  const ballots = people.map(async person => {
    const choice = anyChoice()
    try {
      await untilItIsIn(motion, person, choice)
      told.set(person, choice)
    } catch (error) {
      expect(String(error)).toContain('closed before your ballot came in')
      refused += 1
    }
  })
  const closing = (async () => {
    while (told.size < 40) await wait(1)
    await closes(network, motion)
  })()
  await Promise.all([...ballots, closing])
  const { result } = await resultOf(motion)
  console.log(`closed in the middle: ${told.size} were in, ${refused} came too late`)
  expect(result.voted).toBe(told.size)
  expect(result.counts).toEqual(tallyOf(told))
  expect(told.size + refused).toBe(members)
}, 120_000)
