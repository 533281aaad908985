import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { assets } from '#design/index.ts'
import { type AnyRoute, routeTable } from '#platform/http/route.ts'
import { figures } from '#slices/networks/accessibility/known.ts'
import { answers } from '#slices/registration/for-tests.ts'
import { flawsOf, openBrowser } from './browser.ts'
import { openHospital } from './hospital.ts'
import { openDemoHouse, type TestHouse, testNow } from './house.ts'
import { NoScriptPerson } from './person.ts'
import { type RealThings, realThings } from './real-things.ts'

// Every page of the route table in a real browser, as whoever may open it (HOUSE-9, R43, R64). Everybody asks for each
// address; the browser opens what they get, but not again what is built of the same parts.

/** Leads elsewhere whoever asks: there is no page to look at. */
const onlyWays = ['/:network/account', '/:network/concerns/returned', '/:network/trusts']
const origin = 'https://loop.test'
/** Only addresses that fit, to look at some of them: `PAGES=/meetings/ npx vitest run tests/pages.browser.test.ts`. */
const some = process.env.PAGES ? new RegExp(process.env.PAGES) : undefined
/** It leaves the page as it is until there is something to say (tests/device.browser.test.ts). */
const deviceScript = `<script type="module" src="${assets().deviceScript.path}"></script>`
/** What a thing's own page shows depends on where the thing is. */
const inEachState = [
  ['/:network/contributions/:reference', `'C-' || number`, 'contribution'],
  ['/:network/actions/:reference', `'A-' || number`, 'action'],
  ['/:network/requests/:reference', `'R-' || number`, 'chair_request'],
  ['/:network/team/applications/:number', 'number', 'application'],
].map(
  ([pattern, reference, table]) =>
    [
      pattern!,
      `select distinct on (t.state) ${reference} as reference from ${table} t
       join network n on n.id = t.network_id where n.slug = 'wmin' order by t.state, t.id`,
    ] as const,
)

let house: TestHouse
let things: RealThings
let browser: Browser
const people = new Map<string, NoScriptPerson>()
/** Who was the first to get a page there. */
const firstAt = new Map<string, string>()
/** Addresses that need more than the route table says: a question, a key. */
const moreOf = new Map<string, string[]>()
/** How often somebody asked for an address and got a page, opened or not. */
let asked = 0

beforeAll(async () => {
  // What keeps codes and apps reads the clock on the wall: it stands where the tests' clock stands.
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(testNow) })
  house = await openDemoHouse()
  browser = await openBrowser()
  things = await realThings(house, 'wmin')
  const rows = await house.owner.query<{ demo_key: string; account_id: string }>(
    `select p.demo_key, p.account_id from person p join network n on n.id = p.network_id
     where p.demo_key is not null and p.account_id is not null and n.slug = 'wmin'
       and p.demo_key not in ('board-member-2', 'board-member-3', 'other-sig-chair')
     order by p.demo_key in ('co-ordinator', 'volunteer-1') desc, p.id`,
  )
  people.set('a visitor', new NoScriptPerson(house.app))
  for (const row of rows.rows) people.set(row.demo_key, await signedIn(row.account_id, true))
  await areHalfWay()
}, 120_000)

afterAll(() => void vi.useRealTimers())

async function signedIn(accountId: string, secondFactor: boolean): Promise<NoScriptPerson> {
  const person = new NoScriptPerson(house.app)
  const cookie = await house.house.sessions.start(accountId, { secondFactor })
  person.takesCookies(new Response(null, { headers: { 'set-cookie': cookie } }))
  return person
}

/** Pages that are there only for somebody who has begun something. */
async function areHalfWay(): Promise<void> {
  const add = (name: string) => {
    const person = new NoScriptPerson(house.app)
    people.set(name, person)
    return person
  }
  await answers({ slug: 'wmin', house }, add('who registers'))

  const writer = people.get('volunteer-1')!
  const said = await house.owner.query<{ words: string }>(
    `select c.shown_words as words from contribution c
     join contributor b on b.contribution_id = c.id join person p on p.id = b.person_id
     where p.demo_key = 'volunteer-1' and c.state <> 'withdrawn' limit 1`,
  )
  const first = await writer.reads('/wmin/contributions/new/kind')
  const words = await first.choose('An idea').press('Carry on')
  const raised = await words.fill('In your own words', said.rows[0]!.words).press('Carry on')
  const about = await raised.follow('Mine is different: carry on')
  const group = await about.press('Carry on')
  const naming = await group.choose('I do not know').press('Carry on')
  await naming.choose('With my name').press('Carry on')

  const asker = people.get('volunteer-2')!
  let at = await (await asker.reads('/wmin/requests/new')).follow('Start')
  at = await at.choose('MRI Special Interest Group').press('Continue')
  at = await at.choose('Data').press('Continue')
  at = await at.fill('What do you want to ask?', 'How long is the wait?').press('Continue')
  at = await at.fill('What will it help you to do?', 'To speak at the board.').press('Continue')
  at = await at.press('Send it')
  moreOf.set('/:network/requests/:reference/sent', [at.path])

  const administrator = people.get('administrator')!
  let made = await administrator.reads('/wmin/new-network/name')
  made = await made
    .fill('Name of the network', 'Harbour Imaging Network')
    .fill('Short name', 'Harbour')
    .fill('Phone number for volunteers', '0121 496 0333')
    .fill('Address of its pages', 'harbour')
    .press('Go on')
  made = await made.press('Go on')
  made = await made.fill('Trusts and hospitals', 'Trust,Trust code\nHarbour NHS Trust,RHA').press('Go on')
  made = await made
    .fill('Name of the co-ordinator', 'Coral Harbour')
    .fill('E-mail address of the co-ordinator', 'coral@example.org')
    .fill('Name of the administrator', 'Addy Harbour')
    .fill('E-mail address of the administrator', 'addy@example.org')
    .press('Go on')
  expect(made.path).toBe('/wmin/new-network/check')
  const table = await people.get('co-ordinator')!.reads('/wmin/team/settings/trusts/import')
  await table
    .fill('Paste the table', 'Trust,Trust code\nHarbour NHS Trust,RHA')
    .press('See what would change')
  // Without a moderator any volunteer decides on a report.
  await house.owner.query('update own_space set moderator_person_id = null, moderator_since = null')
  // A volunteer's place is ended elsewhere, with a reason and a reply.
  const place = await one<{ path: string }>(
    `select '/wmin/team/people/' || m.person_id || '/places/' || m.id || '/end' as path from membership m
     join network n on n.id = m.network_id where n.slug = 'wmin' and m.role = 'member' and m.to_on is null limit 1`,
  )
  moreOf.set('/:network/team/people/:person/places/:place/end', [place.path])

  const forgetful = add('who waits for a code')
  const ask = await forgetful.reads('/sign-in')
  const { email } = await one<{ email: string }>(`select email from person where demo_key = 'volunteer-3'`)
  await ask.fill('Your e-mail address', email).press('Send me a code')
  const told = await one<{ body: string }>(
    `select body from message where kind = 'sign-in' order by id desc limit 1`,
  )
  moreOf.set('/sign-in/link', [
    '/sign-in/link',
    /http:\/\/loop\.test(\/sign-in\/link\S+)/.exec(told.body)![1]!,
  ])

  const { account_id } = await one<{ account_id: string }>(
    `select account_id from person where demo_key = 'board-chair'`,
  )
  const half = await signedIn(account_id, false)
  people.set('who has still to prove it', half)
  const app = await (await half.reads('/sign-in/second-factor')).press('Set up an app')
  expect(app.status).toBe(200)

  await areAtTheHospital(add)

  const [link] = things.paramsOf('/:network/preferences/:token')
  moreOf.set('/stop/:network/:group/:token', [`/stop/wmin/reminders/${link!.token}`])

  for (const [pattern, sql] of inEachState) {
    const found = await house.owner.query<{ reference: string }>(sql)
    const begins = pattern.replace(':network', 'wmin').replace(/:\w+$/, '')
    moreOf.set(
      pattern,
      found.rows.map(row => begins + row.reference),
    )
  }
  moreOf.set('/:network/search', ['/wmin/search', '/wmin/search?q=scan', '/wmin/search?q=nothing+like+it'])
  moreOf.set('/:network/requests', ['/wmin/requests', '/wmin/requests?show=over'])
}

/** Two who come from their hospital's sign-in: one new in this browser, one signed in here already. */
async function areAtTheHospital(add: (name: string) => NoScriptPerson): Promise<void> {
  const hospital = await openHospital({ slug: 'wmin' })
  const form = await people.get('administrator')!.reads('/wmin/team/connections/hospital-sign-in/set-up')
  await form
    .fill('What do people call it?', 'NHS.net')
    .choose('Another one that speaks OpenID Connect')
    .fill('Its address', hospital.issuer)
    .fill('Client id', hospital.client)
    .fill('Client secret, or private key', hospital.secret)
    .choose('Any sign-in is enough')
    .press('Save')
  for (const [key, person] of [
    ['volunteer-3', add('who comes from their hospital')],
    ['board-member-1', people.get('board-member-1')!],
  ] as const) {
    const { email } = await one<{ email: string }>(`select email from person where demo_key = '${key}'`)
    hospital.now = { sub: key, claims: { email, email_verified: true } }
    const asked = await hospital.through(person, '/wmin/sign-in/elsewhere')
    expect(asked.path, asked.text).toMatch(/elsewhere\/(confirm|connect)$/)
  }
}

async function one<Row extends object>(sql: string): Promise<Row> {
  return (await house.owner.query<Row>(sql)).rows[0]!
}

interface Seen {
  readonly who: string
  readonly path: string
  readonly status: number
  readonly html: string
  readonly headers: Headers
}

/** The pages to open: for each address what the first person gets, and what others get that is built differently. */
async function* pagesToOpen(opened: Set<string>): AsyncGenerator<Seen, undefined> {
  for (const route of house.app.slices.flatMap(slice => slice.routes)) {
    if (!hasGet(route) || (some && !some.test(route.path))) continue
    for (const path of pathsOf(route.path)) {
      const parts = new Set<string>()
      let nothingNew = 0
      for (const [who, person] of people) {
        // Four in a row who get the same speak for the rest.
        if (nothingNew === 4) break
        const response = await person.raw(path)
        if (response.status === 404 || response.status === 303) continue
        opened.add(route.path)
        if (!firstAt.has(path)) firstAt.set(path, who)
        if (!response.headers.get('content-type')?.startsWith('text/html')) break
        asked += 1
        const html = await response.text()
        const made = partsOf(html)
        if (response.status < 500 && made.every(part => parts.has(part))) {
          nothingNew += 1
          continue
        }
        nothingNew = 0
        for (const part of made) parts.add(part)
        yield { who, path, status: response.status, html, headers: response.headers }
      }
    }
  }
}

/** Each form as it comes back when nothing was filled in, and what else can go wrong. */
async function* pagesOfTrouble(): AsyncGenerator<Seen, undefined> {
  const parts = new Set<string>()
  for (const route of house.app.slices.flatMap(slice => slice.routes)) {
    if (route.kind === 'plain' ? route.method !== 'POST' : route.kind === 'page') continue
    if (some && !some.test(route.path)) continue
    for (const path of pathsOf(route.path)) {
      const first = firstAt.get(path)
      for (const who of first ? [first] : people.keys()) {
        const person = people.get(who)!
        const page = await person.opens(path)
        if (page.status !== 200) continue
        const hidden = page.$('main form').first().find('input[type=hidden]').toArray()
        const body = Object.fromEntries(
          hidden.map(each => [page.$(each).attr('name')!, page.$(each).attr('value') ?? '']),
        )
        if (route.limit) await house.owner.query('truncate rate_window')
        const response = await person.raw(path, {
          method: 'POST',
          body: new URLSearchParams(body),
          headers: { origin: 'http://loop.test' },
        })
        if (response.status === 303) continue
        const html = await response.text()
        const made = partsOf(html)
        if (response.status < 500 && made.every(part => parts.has(part))) break
        for (const part of made) parts.add(part)
        yield { who, path, status: response.status, html, headers: response.headers }
        break
      }
    }
  }
  for (const [who, person] of people) {
    const response = await person.raw('/wmin/no-such-page')
    yield {
      who,
      path: '/wmin/no-such-page',
      status: 404,
      html: await response.text(),
      headers: response.headers,
    }
  }
}

const hasGet = (route: AnyRoute) =>
  route.kind === 'plain' ? route.method === 'GET' : route.kind === 'page' || route.page !== false

function pathsOf(pattern: string): string[] {
  const more = moreOf.get(pattern)
  if (more) return more
  if (!pattern.startsWith('/:network')) return [pattern]
  return things
    .paramsOf(pattern)
    .map(params =>
      pattern.replace(/:(\w+)(\{[^}]*\})?/g, (_, name: string) =>
        name === 'network' ? 'wmin' : encodeURIComponent(params[name] ?? ''),
      ),
    )
}

/** Elements with their classes and the names of their attributes, each after the one before it. */
function partsOf(html: string): string[] {
  const elements = [...html.matchAll(/<([a-z]\w*)([^>]*)>/g)].map(([, tag, attributes = '']) => {
    const names = [...attributes.matchAll(/ ([a-z-]+)=/g)].map(each => each[1])
    return `${tag} ${names.join()} ${/ class="([^"]*)"/.exec(attributes)?.[1] ?? ''}`
  })
  return elements
}

/** One tab with script and one without; both get the very answer that the person got, from nowhere but this process. */
async function openLane(flaw: (what: string) => void) {
  let current: Seen | undefined
  const open = async (javaScriptEnabled: boolean): Promise<Page> => {
    const context: BrowserContext = await browser.newContext({
      javaScriptEnabled,
      viewport: { width: 320, height: 800 },
    })
    await context.route('**/*', async route => {
      const url = new URL(route.request().url())
      if (url.origin !== origin) {
        flaw(`${current!.path} asks for ${url}`)
        return await route.abort()
      }
      if (route.request().resourceType() === 'document') {
        return await route.fulfill({
          status: current!.status,
          headers: Object.fromEntries(current!.headers),
          body: current!.html,
        })
      }
      const asset = await people.get(current!.who)!.raw(url.pathname + url.search)
      if (asset.status !== 200) flaw(`${current!.path} asks for ${url.pathname}: ${asset.status}`)
      return await route.fulfill({
        status: asset.status,
        headers: Object.fromEntries(asset.headers),
        body: Buffer.from(await asset.arrayBuffer()),
      })
    })
    const page = await context.newPage()
    page.on('console', message => {
      // A page that is an error page says so to the console, too.
      if (
        ['error', 'warning'].includes(message.type()) &&
        !/the server responded with a status of 4/.test(message.text())
      )
        flaw(`${current!.path} complains: ${message.text()}`)
    })
    page.on('pageerror', error => flaw(`${current!.path} breaks: ${error}`))
    return page
  }
  const scripted = await open(true)
  const plain = await open(false)
  return async (seen: Seen) => {
    current = seen
    const wrong = (what: string) => flaw(`${seen.path} (${seen.who}): ${what}`)
    if (seen.status >= 500) wrong(`${seen.status}`)
    // What brings no script and no word for those without is one and the same page.
    const mayDiffer = /<(no)?script/i.test(seen.html.replace(deviceScript, ''))
    await Promise.all((mayDiffer ? [scripted, plain] : [scripted]).map(page => page.goto(origin + seen.path)))
    const [title, h1s, html] = await scripted.evaluate<[string, string[], string]>(
      `[document.title, [...document.querySelectorAll('h1')].map(each => each.innerText), document.documentElement.outerHTML]`,
    )
    const [h1 = '', ...moreH1] = h1s.map(each => each.replaceAll(/\s+/g, ' ').trim())
    if (h1 === '' || moreH1.length > 0) wrong(`${h1s.length} h1`)
    else if (!title.replace(/^Error: /, '').startsWith(h1))
      wrong(`the title “${title}” does not begin with “${h1}”`)
    if (html.replace(deviceScript, '').includes('<script') && !/\/(passkey|notifications)/.test(seen.path))
      wrong('brings a script')
    if (mayDiffer && html !== (await plain.evaluate<string>('document.documentElement.outerHTML')))
      wrong('is another page without script')
    for (const each of await flawsOf(scripted)) wrong(each)
  }
}

/** @returns how many were opened */
async function lookAtAll(pages: AsyncGenerator<Seen, undefined>): Promise<number> {
  const flaws = new Set<string>()
  let count = 0
  const lanes = [1, 2, 3].map(async () => {
    const look = await openLane(what => void flaws.add(what))
    for (let next = await pages.next(); !next.done; next = await pages.next()) {
      count += 1
      await look(next.value)
    }
  })
  await Promise.all(lanes)
  expect([...flaws]).toEqual([])
  return count
}

test('REACH-13 HOUSE-9 R43 R64 on every page: axe finds nothing, nor what is looked for beyond it, nothing is wider than 320 or 1280 pixels, one h1, the same without script, nothing asked of anybody else', async () => {
  const opened = new Set<string>()
  const count = await lookAtAll(pagesToOpen(opened))
  if (some) return
  // What the accessibility statement's document says is not more than was found.
  const found = { routes: opened.size, people: people.size, asked, opened: count }
  console.info('pages that were walked:', JSON.stringify(found))
  for (const [what, number] of Object.entries(found))
    expect(figures[what as keyof typeof found], what).toBeLessThanOrEqual(number)
  const left = routeTable(house.app.slices)
    .filter(line => line.method === 'GET' && !opened.has(line.path))
    .map(line => line.path)
  expect(left.sort()).toEqual(onlyWays)
  expect(count).toBeGreaterThan(opened.size)
}, 1_200_000)

test('REACH-13 HOUSE-9 R43 R45 the same of forms that come back with a mistake, and of the page for nothing there', async () => {
  const count = await lookAtAll(pagesOfTrouble())
  console.info('forms with a mistake, and pages for nothing there, that were looked at:', count)
  expect(count).toBeGreaterThanOrEqual(some ? 1 : Math.max(10, figures.mistakes))
}, 900_000)
