import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aContribution } from '#slices/contributions/for-tests.ts'
import { aPublishedContribution } from '#slices/you-said-we-did/for-tests.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { callWaiting } from './calls.ts'

let network: TestNetwork
beforeAll(async () => {
  network = await aNetwork()
})

const reads = async (path: string, token?: string) =>
  await network.house.app.http.request(`http://loop.test${path}`, {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  })

interface OpenApi {
  openapi: string
  paths: Record<string, { get: { security: unknown[]; operationId: string } }>
  components: { schemas: Record<string, { properties: Record<string, unknown>; required: string[] }> }
}

test('REACH-16 what is public can be read by any program, just as the document says', async () => {
  const { slug, volunteer } = network
  const out = await aPublishedContribution(network, { by: volunteer })
  const document = (await (await reads(`/${slug}/api/openapi.json`)).json()) as OpenApi
  expect(document.openapi).toBe('3.1.0')
  const open = Object.entries(document.paths).filter(([, at]) => at.get.security.length === 0)
  expect(open.map(([, at]) => at.get.operationId)).toEqual(
    expect.arrayContaining(['you-said-we-did', 'promises', 'groups']),
  )
  for (const [path, at] of open) {
    const response = await reads(path)
    expect(response.status, path).toBe(200)
    expect(response.headers.get('content-type')).toContain('application/json')
    const body = (await response.json()) as { items: Record<string, unknown>[]; next: string | null }
    const schema = document.components.schemas[at.get.operationId]!
    for (const item of body.items)
      expect(Object.keys(item).sort()).toEqual(Object.keys(schema.properties).sort())
  }
  const said = await (await reads(`/${slug}/api/v1/you-said-we-did`)).json()
  expect((said as { items: { reference: string }[] }).items.map(each => each.reference)).toContain(
    out.reference,
  )
  const page = await network.visitor.reads(`/${slug}/api`)
  expect(page.text).toContain('You said, we did')
})

test('REACH-16 a list is read page by page to its end, each line once', async () => {
  const { slug, volunteer } = network
  for (let n = 0; n < 28; n += 1) await aContribution(network, { by: volunteer, state: 'received' })
  const token = await makes(['contributions:read'])
  const seen: string[] = []
  let path: string | null = `/${slug}/api/v1/contributions`
  while (path) {
    const response: Response = await reads(path, token)
    const body = (await response.json()) as { items: { reference: string }[]; next: string | null }
    seen.push(...body.items.map(each => each.reference))
    path = body.next && new URL(body.next).pathname + new URL(body.next).search
  }
  expect(new Set(seen).size).toBe(seen.length)
  const all = await network.inNetwork(tx => tx.selectFrom('contribution').select('number').execute())
  expect(seen.length).toBe(all.length)
})

/** Somebody of the team makes a token on its page. */
async function makes(scopes: string[], who = network.coordinator): Promise<string> {
  const words: Record<string, string> = {
    'contributions:read': 'Contributions: where each is, and who acts by when',
    'actions:read': 'Actions: who does what by when',
    'requests:read': 'Requests to groups: whose turn it is',
  }
  let page = await who.reads(`/${network.slug}/account/tokens/new`)
  page = page.fill('Which program is it for?', 'The website')
  for (const each of scopes) page = page.choose(words[each]!)
  const made = await page.press('Make it')
  return /loop_[\w-]{43}/.exec(made.text)![0]
}

test('REACH-16 a token opens what its person may read, of its scopes, in its network, until its day', async () => {
  const { slug, otherSlug, house } = network
  const path = `/${slug}/api/v1/contributions`
  const nothing = await (await reads(`/${slug}/no-such-page`)).text()
  const isNothing = async (response: Response) => {
    expect(response.status).toBe(404)
    expect(await response.text()).toBe(nothing)
  }
  const token = await makes(['contributions:read'])
  expect((await reads(path, token)).status).toBe(200)
  await isNothing(await reads(path))
  await isNothing(await reads(path, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`))
  await isNothing(await reads(`/${slug}/api/v1/actions`, token))
  await isNothing(await reads(`/${otherSlug}/api/v1/contributions`, token))
  // It opens lists for programs, and no page.
  await isNothing(await reads(`/${slug}/team/people`, token))
  // Only its hash is in the database.
  const rows = await house.owner.query('select token_hash from api_token')
  expect(JSON.stringify(rows.rows)).not.toContain(token)

  const { coordinator } = network
  await (await coordinator.reads(`/${slug}/account/tokens`)).press('End The website')
  await isNothing(await reads(path, token))

  const again = await makes(['contributions:read'])
  expect((await reads(path, again)).status).toBe(200)
  house.clock.daysOn(93)
  await isNothing(await reads(path, again))
  await coordinator.signsIn()
})

test('REACH-16 when somebody of the team has no post any more, their token reads nothing', async () => {
  const leaver = await network.aPerson({ name: 'Lea Leaver', posts: ['co-ordinator'] })
  const token = await makes(['actions:read'], leaver)
  const path = `/${network.slug}/api/v1/actions`
  expect((await reads(path, token)).status).toBe(200)
  await network.inNetwork(tx =>
    tx
      .updateTable('post_holding')
      .set({ to_on: network.house.clock.today().subtract({ days: 1 }) })
      .where('person_id', '=', leaver.id)
      .execute(),
  )
  expect((await reads(path, token)).status).toBe(404)
})

test('REACH-16 volunteers, chairs and strangers find no tokens and no addresses', async () => {
  const { slug, volunteer, boardChair, stranger, trustContact } = network
  for (const person of [volunteer, boardChair, stranger, trustContact]) {
    for (const path of ['account/tokens', 'account/tokens/new', 'team/webhooks', 'team/webhooks/new']) {
      expect((await person.opens(`/${slug}/${path}`)).status, `${person.fullName} ${path}`).toBe(404)
    }
  }
})

interface Heard {
  headers: IncomingMessage['headers']
  body: string
}

/** Another service that listens, and answers as it is told to. */
async function anotherService() {
  const heard: Heard[] = []
  let answer = 200
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', part => {
      body += part
    })
    request.on('end', () => {
      heard.push({ headers: request.headers, body })
      response
        .writeHead(answer, answer === 302 ? { location: 'http://127.0.0.1:1/' } : {})
        .end('x'.repeat(10))
    })
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  afterAll(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/loop`
  return {
    heard,
    url,
    answers(status: number) {
      answer = status
    },
  }
}

const everywhere = { allows: () => true }

test('REACH-16 another service is told what happened, signed, once, without what was said', async () => {
  const other = await aNetwork(network.house)
  const service = await anotherService()
  const { slug, coordinator, volunteer, house } = other
  const page = await coordinator.reads(`/${slug}/team/webhooks/new`)
  const refused = await page
    .fill('Its address', service.url)
    .choose('Somebody said something')
    .press('Add it')
  expect(refused.text).toContain('The address must begin with https://')
  const added = await refused.fill('Its address', 'https://hooks.example.org/loop').press('Add it')
  expect(added.text).toMatch(/whsec_[\w+/=]{40,}/)
  // Only a test may call itself.
  await house.owner.query('update webhook set url = $1 where network_id = $2', [service.url, other.id])

  const view = await aContribution(other, { by: volunteer, state: 'received' })
  expect(await callWaiting(house.house, everywhere)).toBe(1)
  expect(await callWaiting(house.house, everywhere)).toBe(0)
  expect(service.heard.length).toBe(1)
  const { headers, body } = service.heard[0]!
  expect(JSON.parse(body)).toMatchObject({
    type: 'contribution.received',
    data: { reference: view.reference, url: `http://loop.test/${slug}/contributions/${view.reference}` },
  })
  expect(Object.keys(JSON.parse(body).data).sort()).toEqual(['reference', 'url'])
  expect(headers['webhook-id']).toMatch(/^[0-9a-f-]{36}$/)
  expect(headers['webhook-signature']).toMatch(/^v1,/)
  // The secret is nowhere in the database.
  const secret = /whsec_([\w+/=]{40,})/.exec(added.text)![1]!
  const kept = await house.owner.query('select secret from webhook')
  expect(JSON.stringify(kept.rows)).not.toContain(secret)
  // Whoever may not know the address does not see what it is told.
  const { id } = (
    await house.owner.query<{ id: number }>('select id from webhook where network_id = $1', [other.id])
  ).rows[0]!
  expect((await other.stranger.opens(`/${slug}/team/webhooks/${id}`)).status).toBe(404)
  expect((await coordinator.reads(`/${slug}/team/webhooks/${id}`)).text).toContain('Arrived')
})

test('REACH-16 what did not arrive is tried again with the same id, redirects are not followed, and after days it is off', async () => {
  const other = await aNetwork(network.house)
  const service = await anotherService()
  const { slug, coordinator, volunteer, house } = other
  const page = await coordinator.reads(`/${slug}/team/webhooks/new`)
  await page
    .fill('Its address', 'https://hooks.example.org/loop')
    .choose('Somebody said something')
    .press('Add it')
  await house.owner.query('update webhook set url = $1 where network_id = $2', [service.url, other.id])
  service.answers(302)
  await aContribution(other, { by: volunteer, state: 'received' })
  expect(await callWaiting(house.house, everywhere)).toBe(1)
  expect(service.heard.length).toBe(1)
  service.answers(500)
  house.clock.daysOn(1)
  expect(await callWaiting(house.house, everywhere)).toBe(1)
  expect(new Set(service.heard.map(each => each.headers['webhook-id'])).size).toBe(1)
  for (let n = 0; n < 8; n += 1) {
    house.clock.daysOn(2)
    await aContribution(other, { by: volunteer, state: 'received' })
    await callWaiting(house.house, everywhere)
  }
  const row = await house.owner.query<{ state: string; off_because: string }>(
    'select state, off_because from webhook where network_id = $1',
    [other.id],
  )
  expect(row.rows[0]).toMatchObject({ state: 'off', off_because: 'the answer was 500' })
  expect((await coordinator.wasTold()).filter(each => each.kind === 'webhook-off').length).toBe(1)
  // And nothing more is written for it, until somebody switches it on again.
  const before = service.heard.length
  await aContribution(other, { by: volunteer, state: 'received' })
  await callWaiting(house.house, everywhere)
  expect(service.heard.length).toBe(before)
})

test('REACH-16 an address that turns out to lie inside is never called', async () => {
  const other = await aNetwork(network.house)
  const service = await anotherService()
  const { slug, coordinator, volunteer, house } = other
  const page = await coordinator.reads(`/${slug}/team/webhooks/new`)
  await page
    .fill('Its address', 'https://hooks.example.org/loop')
    .choose('Somebody said something')
    .press('Add it')
  for (const url of [service.url, service.url.replace('127.0.0.1', 'localhost')]) {
    await house.owner.query('update webhook set url = $1 where network_id = $2', [url, other.id])
    await aContribution(other, { by: volunteer, state: 'received' })
    const { isOutside } = await import('#platform/outside.ts')
    expect(await callWaiting(house.house, { allows: isOutside })).toBe(1)
  }
  expect(service.heard).toEqual([])
})
