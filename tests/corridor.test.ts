import { expect, test } from 'vitest'
import { z } from 'zod'
import { formTokenField } from '#design/index.ts'
import { openDatabase } from '#platform/database/connect.ts'
import { text } from '#platform/form/fields.ts'
import type { House } from '#platform/house.ts'
import { openCorridor } from '#platform/http/corridor.tsx'
import { form, page, type Screen, type Slice, show } from '#platform/http/route.ts'
import { anyone, whoeverIsSignedIn } from '#platform/permission.ts'
import { aContribution } from '#slices/contributions/for-tests.ts'
import { aNetwork } from './network.ts'
import { NoScriptPerson } from './person.ts'

const network = await aNetwork()
const { house, slug } = network

// A corridor like the product's, with one small room more.
const screen: Screen = { title: 'A small room', body: null }
const took: string[] = []
const room: Slice = {
  name: 'room',
  routes: [
    page('/:network/breaks', {
      who: anyone,
      audit: 'nothing',
      handler: () => {
        throw new Error('Axolotl')
      },
    }),
    page('/:network/seldom', {
      who: anyone,
      audit: 'nothing',
      limit: { name: 'seldom', uses: 2, minutes: 60 },
      handler: () => show(screen),
    }),
    form('/:network/says', {
      who: anyone,
      audit: 'nothing',
      fields: z.object({ words: text('Write something', { max: 20, name: 'Your words' }) }),
      screen: () => screen,
      submit: (visit, { words }) => {
        took.push(words)
        return { to: `/${visit.network.slug}/says` }
      },
    }),
  ],
}
const roomOf = (given: House) => ({ http: openCorridor(given, [...house.app.slices, room]), slices: [room] })
const visitor = new NoScriptPerson(roomOf(house.house))
const token = () => ({ _token: house.house.tokens.forVisitor(Date.now()) })
const says = async (
  fields: Record<string, string> | string | FormData,
  headers: Record<string, string> = {},
) =>
  await visitor.raw(`/${slug}/says`, {
    method: 'POST',
    body: typeof fields === 'string' || fields instanceof FormData ? fields : new URLSearchParams(fields),
    headers,
  })

function guarded(answer: Response, what: string): void {
  const get = (name: string) => answer.headers.get(name) ?? ''
  const policy = get('content-security-policy')
  expect(policy, what).toContain("default-src 'self'")
  expect(policy, what).toMatch(/script-src '(none|self)'/)
  expect(policy, what).toContain("frame-ancestors 'none'")
  expect(policy, what).not.toMatch(/unsafe|https?:|\*|data:/)
  expect(get('x-content-type-options'), what).toBe('nosniff')
  expect(get('referrer-policy'), what).toBe('same-origin')
}

test('HOUSE-9 for each trouble there is a whole page: 403, 404, 413, 422, 429, 500, 503', async () => {
  const away = openDatabase('postgres://nobody:nothing@127.0.0.1:1/none', { connections: 1 })
  const lost = new NoScriptPerson(roomOf({ ...house.house, database: away }))
  await visitor.raw(`/${slug}/seldom`)
  await visitor.raw(`/${slug}/seldom`)
  const answers: Record<string, Response> = {
    '403': await says({ words: 'x' }),
    '404': await visitor.raw('/nowhere/at/all'),
    '413': await says({ ...token(), words: 'x'.repeat(1_200_000) }),
    '422': await says({ ...token(), words: '' }),
    '429': await visitor.raw(`/${slug}/seldom`),
    '500': await visitor.raw(`/${slug}/breaks`),
    '503': await lost.raw(`/${slug}`),
  }
  await away.close()
  for (const [status, answer] of Object.entries(answers)) {
    expect(answer.status, status).toBe(Number(status))
    const html = await answer.text()
    expect(html.match(/<h1/g), status).toHaveLength(1)
    expect(html, status).toMatch(/^<!doctype html><html[^>]* lang="en-?(GB)?"/i)
    expect(html, status).not.toContain('Axolotl')
    expect(answer.headers.get('cache-control'), status).toBe('no-store')
    guarded(answer, status)
  }
  expect(Number(answers['429']!.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(Number(answers['503']!.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('HOUSE-9 a body without a length is stopped at the same size', async () => {
  const part = new TextEncoder().encode('x'.repeat(100_000))
  let left = 20
  const body = new ReadableStream({
    pull: stream => (left-- > 0 ? stream.enqueue(part) : stream.close()),
  })
  const init = {
    method: 'POST',
    body,
    duplex: 'half',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }
  expect((await visitor.raw(`/${slug}/says`, init as RequestInit)).status).toBe(413)
})

test('HOUSE-5 one’s own account is for whoever is signed in: everybody else is asked to sign in first', async () => {
  const own = house.app.slices
    .flatMap(each => each.routes)
    .flatMap(route => (route.kind === 'plain' && route.who === whoeverIsSignedIn ? [route] : []))
  expect(own.length).toBeGreaterThanOrEqual(8)
  const page = await network.visitor.reads('/sign-in')
  const token = page.$(`input[name="${formTokenField}"]`).attr('value')!
  for (const { method, path } of own) {
    const answer =
      method === 'GET'
        ? await network.visitor.raw(path)
        : await network.visitor.raw(path, {
            method,
            headers: { origin: 'http://loop.test' },
            body: new URLSearchParams({ [formTokenField]: token }),
          })
    expect([answer.status, answer.headers.get('location')], `${method} ${path}`).toEqual([
      303,
      `/sign-in?to=${encodeURIComponent(method === 'GET' ? path : '/account')}`,
    ])
  }
  // No other address of the account is open.
  const open = house.app.slices
    .flatMap(each => each.routes)
    .filter(route => route.path.startsWith('/account') && route.who !== whoeverIsSignedIn)
  expect(open).toEqual([])
})

test('HOUSE-9 every answer is guarded, and pages are kept by nobody', async () => {
  const person = network.volunteer
  const paths = [
    '/',
    `/${slug}`,
    `/${slug}/home`,
    `/${slug}/contributions`,
    '/sign-in',
    '/account',
    '/healthz',
    '/readyz',
  ]
  for (const path of [...paths, '/metrics', `/${slug}/you-said-we-did`, `/${slug}/you-said-we-did.json`]) {
    const answer = await person.raw(path)
    guarded(answer, path)
    expect(answer.headers.get('cache-control'), path).toMatch(/^no-/)
    expect(answer.headers.has('strict-transport-security'), path).toBe(false)
  }
  const html = await (await person.raw(`/${slug}/home`)).text()
  const sheet = /<link[^>]*href="([^"]+\.css)"/.exec(html)![1]!
  guarded(await person.raw(sheet), sheet)
  expect((await person.raw(sheet)).headers.get('cache-control')).toContain('immutable')
  // The only script is ours, and keeps its hands off the page.
  expect(html).not.toMatch(
    /<script(?! type="module" src="\/assets\/[0-9a-f]{16}\.js"><\/script>)|<style|\sstyle=|\son[a-z]+=|(src|href)="(https?:)?\/\/(?!www\.|ico\.|111\.)/,
  )
})

test('HOUSE-9 only behind TLS browsers are told to stay there', async () => {
  const safe = new NoScriptPerson(roomOf({ ...house.house, publicUrl: () => 'https://loop.test' }))
  for (const path of ['/', '/nowhere', `/${slug}/breaks`])
    expect((await safe.raw(path)).headers.get('strict-transport-security'), path).toContain(
      'max-age=31536000',
    )
})

test('HOUSE-8 what another site sends is refused, and nothing is written', async () => {
  const made = await aContribution(network, { by: network.volunteer })
  const seen = await network.volunteer.reads(made.step('withdraw'))
  const button = seen.$('main form button').first().text().trim()
  const { to, body } = seen.wouldSend(button)
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'http://loop.test.evil.example' },
    { origin: 'http://loop.test:8080' },
    { origin: 'null' },
    { origin: 'not an address' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'http://loop.test' },
  ]
  for (const headers of foreign) {
    const answer = await network.volunteer.raw(to, { method: 'POST', body, headers })
    expect(answer.status, JSON.stringify(headers)).toBe(403)
  }
  const other = house.house.tokens
  for (const wrong of ['', 'x', 'x'.repeat(32), other.forSession('another session'), token()._token]) {
    const changed = new FormData()
    for (const [name, value] of body) if (name !== '_token') changed.append(name, value)
    if (wrong) changed.append('_token', wrong)
    const answer = await network.volunteer.raw(to, { method: 'POST', body: changed })
    expect(answer.status, wrong).toBe(403)
  }
  expect(await made.state()).toBe('received')
  // The same form from our own page is taken.
  const ours = await network.volunteer.raw(to, {
    method: 'POST',
    body,
    headers: { origin: 'http://loop.test' },
  })
  expect([303, 422]).toContain(ours.status)
})

test('HOUSE-8 a stranger without proof learns nothing: the form of another network is not there', async () => {
  const answer = await network.stranger.raw(`/${slug}/contributions/new`, {
    method: 'POST',
    body: new FormData(),
  })
  expect(answer.status).toBe(404)
})

test('HOUSE-9 HEAD is answered as GET without its words, and other methods find nothing', async () => {
  for (const path of ['/', `/${slug}`, '/nowhere', '/healthz']) {
    const [head, get] = [await visitor.raw(path, { method: 'HEAD' }), await visitor.raw(path)]
    expect(head.status, path).toBe(get.status)
    expect(head.headers.get('content-type'), path).toBe(get.headers.get('content-type'))
    expect(await head.text(), path).toBe('')
    guarded(head, path)
  }
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) {
    const answer = await visitor.raw(`/${slug}/says`, { method })
    expect(answer.status, method).toBe(404)
    guarded(answer, method)
  }
})

test('HOUSE-9 an odd address is never our fault', async () => {
  const people = [visitor, network.volunteer, network.coordinator]
  const odd = [
    '%',
    '%00',
    '%E0%A4%A',
    '%2e%2e%2f',
    '%ff',
    'a%00b',
    '%0d%0a',
    '\u202e',
    '%F0%9F%98%80',
    'x'.repeat(9_000),
    '__proto__',
    "'%22;--",
  ]
  const wheres = odd.flatMap(each => [
    ...[
      `/${each}`,
      `/${each}/home`,
      `/${slug}/${each}`,
      `/${slug}/contributions/${each}`,
      `/${slug}/groups/${each}`,
    ],
    ...[`/${slug}/contributions?after=${each}&show=${each}&state=${each}`, `/${slug}/search?q=${each}`],
    ...[`/${slug}/you-said-we-did?year=${each}&group=${each}&after=${each}`, `/sign-in?to=${each}`],
    ...[
      `/${slug}?sign-in=${each}`,
      `/sign-in/link?key=${each}`,
      `/demo/outbox?before=${each}&channel=${each}&x=${each}`,
    ],
  ])
  for (const person of people)
    for (const path of wheres) {
      const answer = await person.raw(path)
      expect(answer.status, path.slice(0, 80)).toBeLessThan(500)
    }
  for (const cookie of [
    'loop=%E0%A4%A',
    'loop=%00.x',
    'loop',
    '=',
    'loop=a.b; kept=%00',
    `loop=${'x'.repeat(5_000)}`,
  ]) {
    const answer = await house.app.http.request(
      new Request(`http://loop.test/${slug}`, { headers: { cookie } }),
    )
    expect(answer.status, cookie.slice(0, 40)).toBe(200)
  }
}, 60_000)

test('HOUSE-9 a body that is not what it says is never our fault, and writes nothing', async () => {
  took.length = 0
  const bodies: [string, string][] = [
    ['multipart/form-data', 'no boundary'],
    ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="words"\r\n\r\nno end'],
    ['multipart/form-data; boundary=x', ''],
    ['multipart/form-data; boundary=x', `_token=${token()._token}&words=x`],
    ['application/x-www-form-urlencoded', '%E0%A4%A=%&&&=&%00=%00'],
    ['application/x-www-form-urlencoded; charset=utf-16', 'words=x'],
    ['application/json', '{"words":"x"}'],
    ['text/plain', `_token=${token()._token}&words=x`],
    ['', `_token=${token()._token}&words=x`],
    ['application/xml', '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>'],
  ]
  for (const [type, body] of bodies) {
    for (const path of [`/${slug}/says`, '/sign-in', '/demo/sign-in', '/demo/clock']) {
      const answer = await visitor.raw(path, { method: 'POST', body, headers: { 'content-type': type } })
      expect(answer.status, `${path} ${type} ${body}`).toBeLessThan(500)
    }
  }
  expect(took).toEqual([])
  const twice = new URLSearchParams({ ...token(), words: 'one' })
  twice.append('words', 'two')
  expect((await says(twice.toString(), { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(
    422,
  )
  const file = new FormData()
  file.append('_token', token()._token)
  file.append('words', new File(['x'], 'x.txt'))
  expect((await says(file)).status).toBe(422)
  expect(took).toEqual([])
  const strange = {
    ...token(),
    words: 'a\u0000b',
    __proto__x: '1',
    constructor: '2',
    _key: "';--",
    _version: 'x',
  }
  expect((await says(strange)).status).toBe(303)
  expect(took).toEqual(['ab'])
  for (const email of [
    'a\u0000b@example.org',
    '\u0000',
    '\ud800@example.org',
    `${'x'.repeat(5_000)}@example.org`,
  ]) {
    const answer = await visitor.raw('/sign-in', {
      method: 'POST',
      body: new URLSearchParams({ ...token(), email }),
    })
    expect(answer.status, email.slice(0, 20)).toBeLessThan(500)
  }
})
