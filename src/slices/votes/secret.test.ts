import { randomInt } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { openBox } from '#platform/box.ts'
import { tablesOf } from '#tests/catalogue.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import { testSecret } from '#tests/postgres.ts'
import { aMotion, closes, type MadeMotion, meetingIs, votesOn } from './for-tests.ts'

// Somebody with every row of the database, and the logs, tries to find out who voted how (BOARD-14, R31).

let network: TestNetwork
let voters: Someone[]
/** Six choices to put in order: no two voters order them the same, so that the truth of each is known. */
const colours = ['Amber', 'Blue', 'Coral', 'Denim', 'Ebony', 'Fawn'].map((text, n) => ({
  key: String.fromCharCode(97 + n),
  text,
}))

beforeAll(async () => {
  network = await aNetwork()
  await meetingIs(network, 'held')
  voters = [network.boardChair, network.boardMember, network.volunteer, network.secondVolunteer]
  for (let n = 0; n < 4; n++) {
    voters.push(await network.aPerson({ memberships: [{ group: 'board', role: 'member', voting: true }] }))
  }
})

const shuffled = <T>(list: readonly T[]): T[] => {
  const left = [...list]
  return Array.from(list, () => left.splice(randomInt(left.length), 1)[0]!)
}

interface Truth {
  readonly person: Someone
  readonly receipt: string
  readonly choice: string
}

/** Everybody votes by the pages, in random order, some twice. */
async function aSecretVote(): Promise<{ motion: MadeMotion; truth: Truth[]; close(): Promise<void> }> {
  const motion = await aMotion(network, {
    open: true,
    terms: {
      kind: 'ranked',
      text: 'Which colour first?',
      options: colours,
      manner: 'secret',
      isSecret: true,
    },
  })
  const used = new Set<string>()
  const truth: Truth[] = []
  const votes = async (person: Someone) => {
    let order = shuffled(colours)
    while (used.has(order.map(each => each.key).join())) order = shuffled(colours)
    const ballot = await person.reads(`${motion.path}/ballot`)
    for (const [n, each] of order.entries()) ballot.fill(each.text, String(n + 1))
    const done = await (await ballot.press('Go on')).press('Yes, this is my vote')
    used.add(order.map(each => each.key).join())
    return { receipt: done.$('.nhsuk-panel strong').text(), choice: order.map(each => each.key).join() }
  }
  for (const person of shuffled(voters)) {
    let given = await votes(person)
    if (randomInt(4) === 0) given = await votes(person)
    truth.push({ person, ...given })
  }
  return { motion, truth, close: () => closes(network, motion) }
}

interface Anything {
  readonly table: string
  readonly row: string
  readonly xmin: string
  readonly ctid: string
}

/** Every row of every table, as text, with what PostgreSQL keeps beside it. */
async function everything(): Promise<Anything[]> {
  const { owner } = network.house
  const all: Anything[] = []
  for (const { name } of await tablesOf(owner)) {
    const { rows } = await owner.query(
      `select $1::text as table, t::text as row, t.xmin::text as xmin, t.ctid::text as ctid from "${name}" t`,
      [name],
    )
    all.push(...rows)
  }
  return all
}

test('BOARD-14 R31 while a secret vote is open, no ballot can be read in the database, nor told from another', async () => {
  const { truth, motion } = await aSecretVote()
  const all = await everything()
  for (const { receipt } of truth) {
    expect(receipt).toMatch(/^[A-Z0-9]{5}-[A-Z0-9]{5}$/)
    expect(all.filter(each => each.row.includes(receipt)).map(each => each.table)).toEqual([])
  }
  const ballots = await network.house.owner.query(
    `select b.* from ballot b join motion m on m.network_id = b.network_id and m.id = b.motion_id
     where m.number = $1 and m.network_id = $2`,
    [motion.number, network.id],
  )
  expect(ballots.rows).toHaveLength(voters.length)
  expect(ballots.rows.every(each => each.choice === null && each.receipt === null)).toBe(true)
  // Neither its length nor its time tells one from another.
  expect(new Set(ballots.rows.map(each => each.sealed.length)).size).toBe(1)
  expect(new Set(ballots.rows.map(each => each.at.toISOString())).size).toBe(1)
  expect(new Set(ballots.rows.map(each => each.sealed)).size).toBe(voters.length)
  // A ballot moved into another person's row does not open: the count refuses it rather than taking it for theirs.
  const [one, other] = ballots.rows
  await network.house.owner.query('update ballot set sealed = $1 where motion_id = $2 and person_id = $3', [
    one.sealed,
    other.motion_id,
    other.person_id,
  ])
  await expect(closes(network, motion)).rejects.toThrow('cannot be opened')
  await network.house.owner.query('update ballot set sealed = $1 where motion_id = $2 and person_id = $3', [
    other.sealed,
    other.motion_id,
    other.person_id,
  ])
  await closes(network, motion)
})

test('BOARD-14 R31 after the count nothing joins ballot and person: no key, row, order, time or transaction, over 8 random votes of 8 people', async () => {
  const closed: { motion: MadeMotion; truth: Truth[] }[] = []
  for (let n = 0; n < 8; n++) {
    const vote = await aSecretVote()
    await vote.close()
    closed.push(vote)
  }
  const { owner } = network.house
  const all = await everything()
  const guesses = new Map<string, { right: number; of: number }>()
  for (const { motion, truth } of closed) {
    const { id, seal } = (
      await owner.query('select id, seal from motion where number = $1 and network_id = $2', [
        motion.number,
        network.id,
      ])
    ).rows[0]
    expect(seal).toBeNull()
    const ballots = await owner.query(`select 1 from ballot where motion_id = $1`, [id])
    expect(ballots.rows).toEqual([])
    // The receipt stands in the counted ballot, and nowhere else: no message, history, audit, submission or draft.
    for (const { receipt } of truth) {
      const places = all.filter(each => each.row.includes(receipt))
      expect(places.map(each => each.table)).toEqual(['counted_ballot'])
    }
    const counted = await owner.query(
      `select *, xmin::text, ctid::text from counted_ballot where motion_id = $1 order by ctid`,
      [id],
    )
    // Every ballot is there as it was given: the voter finds it by the receipt.
    const given = (list: { receipt: string; choice: unknown }[]) =>
      list.map(each => `${each.receipt} ${each.choice}`).sort()
    expect(given(counted.rows)).toEqual(given(truth))
    expect(counted.fields.map(each => each.name)).toEqual([
      'network_id',
      'motion_id',
      'receipt',
      'choice',
      'xmin',
      'ctid',
    ])
    // One transaction wrote them all.
    expect(new Set(counted.rows.map(each => each.xmin)).size).toBe(1)
    // Every order in which the database knows the people, held against the order of the ballots.
    const person = new Map(truth.map(each => [each.person.id, each.choice]))
    const orders: Record<string, { rows: { person_id: number }[] }> = {
      'roll, by place': await owner.query('select person_id from voter where motion_id = $1 order by ctid', [
        id,
      ]),
      'roll, by transaction': await owner.query(
        'select person_id from voter where motion_id = $1 order by xmin::text::bigint',
        [id],
      ),
      'roll, by person': await owner.query(
        'select person_id from voter where motion_id = $1 order by person_id',
        [id],
      ),
      audit: await owner.query(
        `select by_person_id as person_id from audit where action = 'ballot-given' and thing_id = $1 order by seq`,
        [`V-${motion.number}`],
      ),
      submissions: await owner.query(
        `select person_id from submission where location like $1 order by ctid`,
        [`%V-${motion.number}/ballot/receipt`],
      ),
      messages: await owner.query(`select person_id from message where about_id = $1 order by id`, [
        `V-${motion.number}`,
      ]),
    }
    for (const [name, { rows }] of Object.entries(orders)) {
      const people = [...new Set(rows.map(each => each.person_id).filter(each => person.has(each)))]
      for (const [way, list] of [
        ['', people],
        [' backwards', [...people].reverse()],
      ] as const) {
        const so = guesses.get(name + way) ?? { right: 0, of: 0 }
        so.of += list.length
        so.right += list.filter((each, n) => String(counted.rows[n]?.choice) === person.get(each)).length
        guesses.set(name + way, so)
      }
    }
  }
  // With eight voters chance is right one time in eight: 8 of 64. Three times as often would be far outside of it.
  for (const [name, { right, of }] of guesses) {
    if (name.startsWith('messages')) expect(of).toBe(0)
    else expect(of, name).toBe(64)
    expect(right, name).toBeLessThan(24)
  }
  console.log(
    'who voted how, guessed by',
    [...guesses].map(([name, { right, of }]) => `${name}: ${right} of ${of}`).join('; '),
  )
  const receipts = closed.flatMap(each => each.truth.map(one => one.receipt))
  expect(network.house.logged.filter(line => receipts.some(each => line.includes(each)))).toEqual([])
  expect(network.house.logged.filter(line => /place-|"choice"/.test(line))).toEqual([])
}, 240_000)

test('BOARD-14 the voter finds the own ballot by its receipt in the published list, and nobody is named there', async () => {
  const { motion, truth, close } = await aSecretVote()
  const mine = truth[0]!
  const receiptPage = await mine.person.reads(`${motion.path}/ballot/receipt`)
  expect(receiptPage.text).toContain(mine.receipt)
  await close()
  const page = await mine.person.reads(motion.path)
  const row = page
    .$('tr')
    .toArray()
    .map(each => page.$(each).text())
    .find(each => each.includes(mine.receipt))!
  const words = mine.choice
    .split(',')
    .map((key, n) => `${n + 1}. ${colours.find(each => each.key === key)!.text}`)
  expect(row).toContain(words.join(', '))
  expect(page.text).not.toContain('Who voted how')
  // From now on nobody can tell which receipt was whose, we neither.
  const gone = await mine.person.reads(`${motion.path}/ballot/receipt`)
  expect(gone.text).not.toContain(mine.receipt)
  expect(gone.text).toContain('nothing leads from a ballot to a person any more')
})

test('BOARD-14 when all chose the same, or too few voted, the page says what the figures tell', async () => {
  const secret = { open: true, terms: { manner: 'secret', isSecret: true } } as const
  const same = await aMotion(network, secret)
  for (const person of voters) await votesOn(network, same, person, 'for')
  await closes(network, same)
  expect((await network.volunteer.reads(same.path)).text).toContain(
    'how each of them voted is plain from the figures',
  )
  const few = await aMotion(network, secret)
  for (const person of voters.slice(0, 2)) await votesOn(network, few, person, 'against')
  await closes(network, few)
  const page = await network.volunteer.reads(few.path)
  expect(page.text).toContain('Too few people voted to keep a secret vote secret')
  expect(page.text).toContain('2 of 8 voted.')
  expect(page.text).not.toMatch(/\d against/)
  const left = await network.house.owner.query(
    `select count(*)::int as n from counted_ballot c join motion m on m.network_id = c.network_id and m.id = c.motion_id
     where m.number = $1 and m.network_id = $2`,
    [few.number, network.id],
  )
  expect(left.rows[0].n).toBe(0)
})

test('BOARD-14 a withdrawn secret vote leaves no ballot behind', async () => {
  const { motion } = await aSecretVote()
  await (await network.boardChair.reads(`${motion.path}/withdraw`))
    .fill('Why is it withdrawn?', 'The question was unclear.')
    .press('Withdraw it')
  const left = await network.house.owner.query(
    `select m.seal, (select count(*)::int from ballot b where b.network_id = m.network_id and b.motion_id = m.id) as n
     from motion m where m.number = $1 and m.network_id = $2`,
    [motion.number, network.id],
  )
  expect(left.rows[0]).toEqual({ seal: null, n: 0 })
})

test('BOARD-14 whoever was signed out in the middle finds that nothing of the ballot was kept', async () => {
  const motion = await aMotion(network, { open: true, terms: { manner: 'secret', isSecret: true } })
  const ballot = await network.volunteer.reads(`${motion.path}/ballot`)
  await network.house.owner.query(
    "update session set expires_at = timestamptz '2026-06-01' where account_id = $1",
    [network.volunteer.accountId],
  )
  const before = await network.house.owner.query('select count(*)::int as n from kept_writing')
  const ended = await ballot.choose('Against').press('Go on')
  expect(ended.status).toBe(401)
  expect(ended.text).toContain('What you chose is not kept')
  expect((await network.house.owner.query('select count(*)::int as n from kept_writing')).rows).toEqual(
    before.rows,
  )
  await network.volunteer.signsIn()
})

test('BOARD-14 R75 a box opens with its secret or the one before, with its salt and for its row alone', () => {
  const box = openBox([testSecret], 'ballots', 'salt')
  const shut = box.shut('Against', 'motion 1, person 2')
  expect(shut).not.toBe(box.shut('Against', 'motion 1, person 2'))
  expect(box.shut('x', 'a')).toHaveLength(box.shut('x'.repeat(512), 'a').length)
  expect(() => box.shut('x'.repeat(513), 'a')).toThrow(RangeError)
  expect(box.open(shut, 'motion 1, person 2')).toBe('Against')
  expect(box.open(shut, 'motion 1, person 3')).toBeUndefined()
  expect(openBox([testSecret], 'ballots', 'another salt').open(shut, 'motion 1, person 2')).toBeUndefined()
  expect(openBox([testSecret], 'letters', 'salt').open(shut, 'motion 1, person 2')).toBeUndefined()
  const next = openBox(['the new secret of this installation', testSecret], 'ballots', 'salt')
  expect(next.open(shut, 'motion 1, person 2')).toBe('Against')
  expect(box.open('nonsense', 'a')).toBeUndefined()
})
