import { beforeAll, expect, test } from 'vitest'
import { openDemoHouse, openTestHouse, type TestHouse } from '#tests/house.ts'
import { NoScriptPerson } from '#tests/person.ts'

let it: TestHouse

beforeAll(async () => {
  it = await openDemoHouse()
})

/** As curl does: no form of ours, no token, no wish for HTML. */
const script = async (path: string, fields?: Record<string, string>, headers: Record<string, string> = {}) =>
  await it.app.http.request(
    new Request(`http://loop.test${path}`, {
      headers: { host: 'loop.test', accept: '*/*', ...headers },
      ...(fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}),
    }),
  )

test('HOUSE-11 /demo lists the people, for readers and for scripts', async () => {
  const page = await new NoScriptPerson(it.app).reads('/demo')
  expect(page.text).toContain('Rosa Thistlewood')
  expect(page.text).toContain('chair of Paediatric SIG')
  const list = (await (await script('/demo', undefined, { accept: 'application/json' })).json()) as {
    person: string
  }[]
  expect(list.map(each => each.person)).toEqual(expect.arrayContaining(['volunteer-1', 'other-director']))
})

test('HOUSE-11 a script signs in by a key without a token, and its cookie works', async () => {
  const answer = await script('/demo/sign-in', { person: 'volunteer-1' })
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('/wmin/home')
  const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!
  const front = await (await script('/wmin', undefined, { cookie })).text()
  expect(front).toContain('Rosa Thistlewood')
  // One sign-in, two networks: the header switches.
  const both = await script('/demo/sign-in', { person: 'in-two-networks' })
  const seen = await script('/wmin', undefined, { cookie: both.headers.getSetCookie()[0]!.split(';')[0]! })
  expect(await seen.text()).toContain('Switch to Example Imaging Network')
})

test('HOUSE-11 a reader signs in with a button and no script', async () => {
  const reader = new NoScriptPerson(it.app)
  await (await reader.reads('/demo')).press('Sign in as board-chair')
  expect((await reader.reads('/wmin')).html).toContain('Margaret Ellowby')
})

test('HOUSE-11 an unknown key is refused with a sentence', async () => {
  for (const path of ['/demo/sign-in', '/demo/outbox?to=nobody'] as const) {
    const answer = path.includes('?') ? await script(path) : await script(path, { person: 'nobody' })
    expect(answer.status).toBe(422)
    expect(((await answer.json()) as { error: string }).error).toContain('Nobody in the demonstration')
  }
  const html = await script('/demo/sign-in', { person: '' }, { accept: 'text/html' })
  expect(html.status).toBe(422)
  expect(await html.text()).toContain('There is a problem')
})

test('HOUSE-11 the outbox shows each message by channel and person, page by page', async () => {
  const { house } = it
  const network = (
    await house.database.pool.selectFrom('network').select('id').where('slug', '=', 'wmin').execute()
  )[0]!
  const reader = new NoScriptPerson(it.app)
  await house.database.network(network.id, async tx => {
    const rosa = await tx
      .selectFrom('person')
      .select('id')
      .where('demo_key', '=', 'volunteer-1')
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('message')
      .values(
        Array.from({ length: 60 }, (_, n) => ({
          network_id: network.id,
          key: `outbox-test:${n}`,
          person_id: rosa.id,
          address: 'rosa.thistlewood@example.org',
          channel: n % 2 ? ('email' as const) : ('phone' as const),
          kind: 'test',
          subject: `WMIN: outbox test ${String(n).padStart(2, '0')}`,
          body: 'Dear Rosa\n\nSee it here:\nhttp://elsewhere.test/wmin/home?a=1',
          about_kind: 'test',
          about_id: String(n),
          // Two of each moment: the cursor must not lose the second.
          next_try_at: house.clock.now(),
          created_at: house.clock.now().add({ minutes: Math.floor(n / 2) }),
        })),
      )
      .execute()
  })
  const seen: string[] = []
  for (let page = await reader.reads('/demo/outbox?to=volunteer-1'); ; ) {
    seen.push(...(page.html.match(/outbox test \d\d/g) ?? []))
    // The last page may hold only what the demonstration itself has told.
    if (page.html.includes('outbox test')) expect(page.html).toContain('href="/wmin/home?a=1"')
    if (!page.hasLink('Next page: older messages')) break
    page = await page.follow('Next page: older messages')
  }
  expect(new Set(seen).size).toBe(60)
  expect(seen.length).toBe(60)
  const calls = await reader.reads('/demo/outbox?to=volunteer-1&channel=phone')
  expect(calls.text).toContain('Phone call to Rosa Thistlewood')
  expect(calls.text).not.toContain('E-mail to Rosa')
  const json = (await (
    await script('/demo/outbox?to=volunteer-1', undefined, { accept: 'application/json' })
  ).json()) as { subject: string }[]
  // The demonstration may have told Rosa something of its own by now.
  expect(json.filter(message => message.subject.includes('outbox test')).length).toBe(60)
})

test('HOUSE-11 the clock goes forward day by day, and never back', async () => {
  const before = it.clock.now()
  const moved = await script('/demo/clock', { now: before.add({ hours: 72 }).toString() })
  expect(await moved.json()).toEqual({ now: before.add({ hours: 72 }).toString() })
  for (const now of [before.toString(), 'tomorrow', before.add({ hours: 24 * 500 }).toString()]) {
    expect((await script('/demo/clock', { now })).status, now).toBe(422)
  }
  const reader = new NoScriptPerson(it.app)
  const page = await (await reader.reads('/demo')).fill('How many days on?', '2').press('Move the clock')
  expect(page.h1).toBe('The demonstration')
  expect(it.clock.now().epochMilliseconds - before.epochMilliseconds).toBe(5 * 86_400_000)
})

test('HOUSE-11 who moves the clock twice at once tells nobody twice', async () => {
  await Promise.all([
    script('/demo/clock', { days: '20' }),
    script('/demo/clock', { days: '20' }),
    it.runDue(),
  ])
  const doubled = await it.owner.query(
    `select key from message where kind <> 'test' group by network_id, key having count(*) > 1`,
  )
  expect(doubled.rows).toEqual([])
  const sameTwice = await it.owner.query(
    `select person_id, body from message where kind = 'digest' group by network_id, person_id, body, created_at having count(*) > 1`,
  )
  expect(sameTwice.rows).toEqual([])
})

test('HOUSE-11 in production each door of the demo is an address that does not exist', async () => {
  const production = await openTestHouse({ mode: 'production' })
  for (const [method, path] of [
    ['GET', '/demo'],
    ['POST', '/demo/sign-in'],
    ['GET', '/demo/outbox'],
    ['POST', '/demo/clock'],
  ] as const) {
    const answer = await production.app.http.request(
      new Request(`http://loop.test${path}`, {
        method,
        headers: { host: 'loop.test' },
        ...(method === 'POST' ? { body: new URLSearchParams({ person: 'volunteer-1' }) } : {}),
      }),
    )
    expect(answer.status, path).toBe(404)
  }
})
