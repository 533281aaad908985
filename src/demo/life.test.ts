import { beforeAll, expect, test } from 'vitest'
import { states } from '#slices/contributions/contribution.ts'
import { actionEvents, contributionEvents } from '#slices/contributions/thread/timeline.ts'
import { itemTimeline } from '#slices/meetings/index.ts'
import { paperTimeline } from '#slices/papers/index.ts'
import { motionTimeline } from '#slices/votes/index.ts'
import { openTestHouse, type TestHouse } from '#tests/house.ts'
import { NoScriptPerson } from '#tests/person.ts'
import { fillDemo } from './index.ts'

let it: TestHouse
let refusals: readonly string[]
let statements = 0

beforeAll(async () => {
  it = await openTestHouse()
  refusals = await fillDemo(it.house, it.app.slices)
  statements = it.database.statements.count
}, 60_000)

const rows = async <Row>(sql: string): Promise<Row[]> => (await it.owner.query(sql)).rows
const kinds = async (sql: string) => (await rows<{ kind: string }>(sql)).map(row => row.kind).sort()
const count = async (sql: string) => Number((await rows<{ count: string }>(sql))[0]!.count)

test('HOUSE-11 the demo looks like six months of life', async () => {
  // Each step was decided by the product's own rules.
  expect(refusals).toEqual([])
  expect(await count(`select count(*) from contribution where network_id = 1`)).toBeGreaterThanOrEqual(40)
  expect(await kinds('select distinct state as kind from contribution where network_id = 1')).toEqual(
    [...states].sort(),
  )
  expect(await kinds('select distinct how as kind from contribution')).toEqual([
    'email',
    'in-person',
    'phone',
    'post',
    'web',
  ])
  for (const table of ['correction', 'concealment', 'member_view'])
    expect(await count(`select count(*) from ${table}`), table).toBeGreaterThanOrEqual(1)
  expect(await count('select count(*) from contributor where not is_first')).toBeGreaterThanOrEqual(2)
  expect(await count('select count(*) from chair_request')).toBeGreaterThanOrEqual(15)
  expect(await kinds('select distinct state as kind from chair_request')).toEqual([
    'acknowledged',
    'answered',
    'asked',
    'closed',
    'needs-asker',
    'sent-back',
    'with-portfolio-manager',
    'withdrawn',
  ])
  expect(await kinds('select distinct state as kind from action')).toEqual([
    'asked-for-another-date',
    'done',
    'dropped',
    'open',
  ])
  expect((await kinds('select distinct state as kind from application')).length).toBeGreaterThanOrEqual(5)
  const published = `from publication where state = 'published'`
  expect(await count(`select count(*) ${published}`)).toBeGreaterThanOrEqual(8)
  expect(await count(`select count(distinct group_id) ${published}`)).toBeGreaterThanOrEqual(4)
  expect(await count(`select count(distinct trust_id) ${published}`)).toBeGreaterThanOrEqual(4)
  expect(
    await count(`select count(distinct extract(year from published_on)) ${published}`),
  ).toBeGreaterThanOrEqual(2)
  expect(
    await count('select count(*) from consideration where said_in_private <> $$$$'),
  ).toBeGreaterThanOrEqual(2)
  // Late things as well as kept promises.
  expect(await count('select count(*) from promise_kept where kept_on > due_on')).toBeGreaterThanOrEqual(2)
  expect(await count('select count(*) from promise_kept where kept_on <= due_on')).toBeGreaterThanOrEqual(40)
  expect(await count(`select count(*) from contribution where due_on < '2026-06-09'`)).toBeGreaterThanOrEqual(
    2,
  )
  expect(
    await count(`select count(*) from action where state = 'open' and due_on < '2026-06-09'`),
  ).toBeGreaterThanOrEqual(2)
  // Told by each channel: nothing of the past waits to be sent.
  expect(await kinds('select distinct channel as kind from message')).toEqual([
    'email',
    'phone',
    'post',
    'text',
  ])
  expect(await kinds('select distinct state as kind from message')).toEqual([
    'by-hand',
    'came-back',
    'done',
    'failed',
    'sent',
  ])
  // Quick enough for a first start of thirty seconds on a small machine. Each ballot, paper and line of minutes of the
  // board is a step of its own, as it would be in the room.
  expect(statements).toBeLessThan(13_000)
})

test('BOARD-19 BOARD-18 BOARD-13 BOARD-11 BOARD-6 the board’s life: meetings in every part of theirs, papers in time and late, conflicts, votes of each kind, minutes and decisions', async () => {
  const board = `from meeting m join network_group g on g.network_id = m.network_id and g.id = m.group_id
    where m.network_id = 1 and g.kind = 'board'`
  expect(await kinds(`select distinct m.state as kind ${board}`)).toEqual([
    'minutes-drafted',
    'papers-out',
    'planned',
    'published',
  ])
  // Votes of each kind, one of them indicative, one taken between meetings; a member says why they voted against.
  expect(await kinds('select distinct manner as kind from motion')).toEqual(['open', 'secret', 'written'])
  expect(await count(`select count(*) from motion where state <> 'closed'`)).toBe(0)
  expect(await count(`select count(*) from motion where (result -> 'indicative')::boolean`)).toBe(1)
  expect(await count('select count(*) from dissent where not for_chair_only')).toBe(1)
  expect(await kinds('select distinct state as kind from paper')).toEqual(['out'])
  expect(
    await count('select count(*) from paper where late_days > 0 and late_allowed_by_person_id is not null'),
  ).toBe(1)
  expect(await kinds('select distinct state as kind from paper_question')).toEqual(['answered', 'asked'])
  expect(await count('select count(*) from paper_reading')).toBeGreaterThanOrEqual(4)
  // On the next agenda one conflict is decided, and one waits for the chair.
  const ahead = `from conflict c join agenda_item i on i.network_id = c.network_id and i.id = c.item_id
    join meeting m on m.network_id = i.network_id and m.id = i.meeting_id where m.state = 'papers-out'`
  expect(await count(`select count(*) ${ahead} and c.outcome = 'no-paper'`)).toBe(1)
  expect(await count(`select count(*) ${ahead} and c.outcome is null`)).toBe(1)
  // What was minuted is the consideration; agreed minutes are kept as they stood.
  expect(
    await count(`select count(*) from consideration k join item_contribution x
      on x.network_id = k.network_id and x.contribution_id = k.contribution_id`),
  ).toBeGreaterThanOrEqual(4)
  expect(
    await count(`select count(*) from minutes where agreed_text -> 'items' @> '[{"handling": "board"}]'`),
  ).toBeGreaterThanOrEqual(1)
  expect(await count('select count(*) from minutes_correction where answer is null')).toBe(1)
  expect(await count('select count(*) from board_decision')).toBeGreaterThanOrEqual(4)
  expect(await count('select count(*) from after_meeting where person_id is null')).toBeGreaterThanOrEqual(5)
})

test('BOARD-25 whatever happened to an item, a paper or a vote has a plain sentence', async () => {
  for (const [thing, sentence] of [
    ['agenda-item', itemTimeline],
    ['paper', paperTimeline],
    ['motion', motionTimeline],
  ] as const) {
    const found = await rows<{ event: string; details: Record<string, unknown> }>(
      `select distinct on (event) event, details from history where thing_kind = '${thing}' order by event, id`,
    )
    expect(found.length, thing).toBeGreaterThanOrEqual(4)
    for (const { event, details } of found) {
      expect(sentence(event, details).title, `${thing} ${event}`).not.toBe(event)
    }
  }
})

test('BOARD-19 R28 a visitor of the demonstration reads published minutes without a trace of part B', async () => {
  const { number } = (
    await rows<{ number: number }>(
      `select m.number from meeting m join agenda_item i on i.network_id = m.network_id and i.meeting_id = m.id
       where m.network_id = 1 and m.state = 'published' and i.handling = 'board' limit 1`,
    )
  )[0]!
  const page = await new NoScriptPerson(it.app).reads(`/wmin/meetings/M-${number}/minutes`)
  expect(page.text).toContain('Saturdays would help people who work')
  expect(page.html).not.toContain('mobile scanner')
  expect(page.html).not.toContain('one driver only')
})

test('LOOP-15 whatever happened to a contribution or an action has a plain sentence', async () => {
  const happened = (thing: string) =>
    kinds(`select distinct event as kind from history where thing_kind = '${thing}'`)
  expect(Object.keys(contributionEvents)).toEqual(expect.arrayContaining(await happened('contribution')))
  expect(Object.keys(actionEvents)).toEqual(expect.arrayContaining(await happened('action')))
})

test('HOUSE-7 HOUSE-8 a link in a message leads on: it asks who is signed out to sign in, and opens for whom it was sent to', async () => {
  const messages = await rows<{ account_id: string | null; body: string; kind: string }>(
    `select p.account_id, m.body, m.kind from message m
       join person p on p.network_id = m.network_id and p.id = m.person_id
     where m.channel in ('email', 'text') and p.left_on is null order by m.id desc`,
  )
  const seen = new Set<string>()
  for (const { account_id, body, kind } of messages) {
    // A link whose address is its own key may be used up; where it leads is tested where it is made.
    const path = /http:\/\/loop\.test(\/\S+)/.exec(body)?.[1]
    const shape = `${kind} ${path?.replaceAll(/\d+/g, '1')}`
    if (!path || seen.has(shape) || path.includes('/verdict/') || path.includes('/follow/')) continue
    seen.add(shape)
    const out = await new NoScriptPerson(it.app).raw(path)
    expect([200, 303], `${kind}: ${path} for who is signed out`).toContain(out.status)
    if (!account_id) continue
    const person = new NoScriptPerson(it.app, kind)
    const cookie = await it.house.sessions.start(account_id, { secondFactor: true })
    person.takesCookies(new Response(null, { headers: { 'set-cookie': cookie } }))
    expect((await person.opens(path)).status, `${kind}: ${path} for whom it was sent to`).toBe(200)
  }
  expect(seen.size).toBeGreaterThan(20)
})

test.each(['2026-12-28T10:00:00Z', '2027-03-29T09:30:00Z'])(
  'HOUSE-11 the same life fits whatever day the demo is made: %s',
  async now => {
    const other = await openTestHouse()
    other.clock.set(now)
    expect(await fillDemo(other.house, other.app.slices)).toEqual([])
  },
  60_000,
)

test('HOUSE-11 what was told in the past is not told again when the clock first runs', async () => {
  const before = await count('select count(*) from message')
  await it.runDue()
  await it.runDue()
  const told = (await count('select count(*) from message')) - before
  expect(told).toBeLessThan(20)
  await it.runDue()
  expect((await count('select count(*) from message')) - before).toBe(told)
})
