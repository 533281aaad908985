import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readSettings, SettingsError, settingNames } from '#platform/settings.ts'
import { aContribution } from '#slices/contributions/for-tests.ts'
import { ann, registers } from '#slices/registration/for-tests.ts'
import { aNewcomer, asks, newestMail } from '#slices/sign-in/for-tests.ts'
import { openTestHouse } from './house.ts'
import { aNetwork } from './network.ts'
import { NoScriptPerson } from './person.ts'

const network = await aNetwork()
const { house, slug } = network

const numbers = async () => {
  const answer = await network.visitor.raw('/metrics')
  expect(answer.status).toBe(200)
  return await answer.text()
}

test('HOUSE-10 after whole journeys the log is JSON lines with a request id and holds nothing that people typed', async () => {
  const words = 'Zebrafinch waiting rooms frighten my daughter Persephone.'
  const made = await aContribution(network, { by: network.volunteer, words })
  await network.volunteer.reads(made.path)
  await network.volunteer.opens(`/${slug}/search?q=Zebrafinch+Persephone`)
  const page = await network.volunteer.reads(made.step('withdraw'))
  await network.volunteer.posts(made.step('withdraw'), {
    ...(Object.fromEntries(
      page
        .$('main form input[type=hidden]')
        .toArray()
        .map(each => [page.$(each).attr('name'), page.$(each).attr('value')]),
    ) as Record<string, string>),
    reason: 'Quokkareason',
    words: 'Quokkareason',
  })
  await registers(network, new NoScriptPerson(house.app))
  const nia = await aNewcomer(network, { name: 'Nia Narwhal' })
  const codePage = await asks(nia.browser, nia.email)
  const mail = await newestMail(nia.person)
  await codePage.fill('Six-digit code', '000000').press('Sign in')
  await codePage.fill('Six-digit code', mail.code).press('Sign in')
  await network.stranger.opens(made.path)
  await network.visitor.opens('/Axolotl-as-a-path?Axolotl-as-a-query=1', { 'user-agent': 'Axolotl/1.0' })
  await house.runDue()

  expect(house.logged.length).toBeGreaterThan(15)
  const served = house.logged.flatMap(line => {
    const read = JSON.parse(line) as Record<string, unknown>
    expect(read.level, line).toEqual(expect.any(String))
    expect(read.time, line).toMatch(/^\d{4}-\d\d-\d\dT/)
    return read.msg === 'served' ? [read] : []
  })
  expect(served.length).toBeGreaterThan(10)
  for (const line of served) expect(line.request).toMatch(/^[0-9a-f-]{36}$/)
  expect(new Set(served.map(line => line.request)).size).toBe(served.length)
  const all = house.logged.join('\n')
  const people = [network.volunteer, network.stranger, network.coordinator, network.trustContact]
  const secret = [
    ...['Zebrafinch', 'Persephone', 'Quokkareason', 'Axolotl', 'Narwhal', 'example.org', '07700', slug],
    ...[ann.name, ann.contact, ann.words, ann.help, nia.email, mail.code, made.reference, made.receiptCode],
    ...people.flatMap(each => [each.fullName, each.accountId!]),
  ]
  for (const word of secret) expect(all.toLowerCase(), word).not.toContain(word.toLowerCase())
})

test('HOUSE-10 a page that breaks is logged by its kind and place, not by its words, under the id that the page shows', async () => {
  const broken = await openTestHouse()
  const before = broken.logged.length
  await broken.owner.query('alter table network rename to network_away')
  const answer = await new NoScriptPerson(broken.app).raw('/?Axolotl=1')
  expect(answer.status).toBe(500)
  const id = answer.headers.get('x-request-id')!
  expect(await answer.text()).toContain(id)
  const line = broken.logged.slice(before).find(each => each.includes('"broken"'))!
  expect(JSON.parse(line)).toMatchObject({ request: id, level: 'error', kind: expect.any(String) })
  expect(line).not.toMatch(/Axolotl|does not exist/)
})

test('HOUSE-10 /metrics counts time by the pattern of the route, never by an address', async () => {
  await network.volunteer.opens(`/${slug}/contributions/C-9999`)
  await network.visitor.opens('/Capybara')
  const text = await numbers()
  expect(text).toMatch(/http_request_seconds_bucket\{le="0\.05",route="\/:network/)
  expect(text).toMatch(/http_request_seconds_count\{route="\/:network[^"]*",method="GET",status="404"\} \d/)
  for (const word of [slug, 'C-9999', 'Capybara', 'Vera']) expect(text).not.toContain(word)
})

test('HOUSE-10 /metrics says how many promises are late, by kind, over all networks', async () => {
  const late = async () =>
    (await numbers())
      .split('\n')
      .filter(line => line.startsWith('promises_late{'))
      .reduce((sum, line) => sum + Number(line.split(' ').pop()), 0)
  const before = await late()
  await aContribution(network, { by: network.volunteer, words: 'Late one.' })
  const second = await aNetwork(house)
  await aContribution(second, { by: second.volunteer, words: 'Late in another network.' })
  expect(await late()).toBe(before)
  house.clock.daysOn(9)
  const text = await numbers()
  expect(text).toMatch(/promises_late\{kind="contribution received"\} [2-9]/)
  expect(await late()).toBeGreaterThanOrEqual(before + 2)
  expect(text).toContain('promises_late{kind="actions"} 0')
})

test('HOUSE-10 /metrics has what was measured in the queue, and can be kept from strangers', async () => {
  const other = await openTestHouse()
  other.house.metrics.measure('queue_depth', 'Jobs that wait for a worker, by queue', 'queue', async () => ({
    deliver: 3,
  }))
  const visitor = new NoScriptPerson(other.app)
  expect(await (await visitor.raw('/metrics')).text()).toContain('queue_depth{queue="deliver"} 3')
  Object.assign(other.house, { metricsToken: 'a-token-of-16-characters' })
  expect((await visitor.raw('/metrics')).status).toBe(404)
  const told = { headers: { authorization: 'Bearer a-token-of-16-characters' } }
  expect((await visitor.raw('/metrics', told)).status).toBe(200)
})

test('HOUSE-10 alive and ready are two questions: without its database the house is alive and not ready', async () => {
  expect((await network.visitor.raw('/healthz')).status).toBe(200)
  expect((await network.visitor.raw('/readyz')).status).toBe(200)
  const lost = await openTestHouse()
  const visitor = new NoScriptPerson(lost.app)
  await lost.owner.query(`delete from migration where name = (select max(name) from migration)`)
  const waiting = await visitor.raw('/readyz')
  expect(waiting.status).toBe(503)
  expect(await waiting.text()).toContain('waiting for migrations')
  // Whoever asks, also with a cookie whose session nobody can look up.
  await lost.owner.query(
    "insert into account (id, name, email, email_verified) values ('one', 'One', 'one@example.org', true)",
  )
  const [cookie = ''] = (await lost.house.sessions.start('one', { secondFactor: false })).split(';')
  await lost.database.close()
  expect((await visitor.raw('/healthz')).status).toBe(200)
  expect((await visitor.raw('/healthz', { headers: { cookie } })).status).toBe(200)
  expect((await visitor.raw('/readyz', { headers: { cookie } })).status).toBe(503)
  const gone = await visitor.raw('/readyz')
  expect(gone.status).toBe(503)
  expect(await gone.text()).toContain('the database does not answer')
  // Numbers that cannot be read now do not take the others with them.
  const text = await visitor.raw('/metrics')
  expect(text.status).toBe(200)
  expect(await text.text()).toContain('http_request_seconds_count')
})

test('HOUSE-10 each setting is in docs/operations.md, and a wrong one is told in one line by its name', () => {
  const operations = readFileSync(new URL('../docs/operations.md', import.meta.url), 'utf8')
  for (const name of settingNames) expect(operations, name).toContain(`\`${name}\``)
  const wrong = {
    ...{ MODE: 'live', PORT: 'many', DATABASE_URL: 'mysql://here', PUBLIC_URL: 'here', SECRET: 'short' },
    ...{ SECRET_BEFORE: 'short', SMTP_URL: 'http://x', MAIL_FROM: 'x', WORKER: 'there', LOG_LEVEL: 'loud' },
    ...{ METRICS_TOKEN: 'short', TRUST_PROXY: 'perhaps', FILES_URL: 'ftp://x' },
  }
  for (const [name, value] of Object.entries(wrong)) {
    const read = () => readSettings({ SECRET: 'x'.repeat(32), [name]: value })
    expect(read, name).toThrow(SettingsError)
    expect(read, name).toThrow(new RegExp(`^[^\\n]*${name}[^\\n]*$`))
  }
})
