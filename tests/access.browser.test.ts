import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { flawsAtWidth, flawsOfPage } from './beyond-axe.ts'
import { addressOf, browserOf, openBrowser } from './browser.ts'
import { openDemoHouse, type TestHouse } from './house.ts'
import { cutOff, inForcedColours, onPaper, whereTheFocusIs, widened } from './look-closely.ts'
import { NoScriptPerson } from './person.ts'

// What is too dear for every page, on one page of each kind: zoom, text spacing, forced colours, no motion, print and a real
// Tab key (WCAG 2.2 AA: 1.4.4, 1.4.10, 1.4.12, 1.4.13, 2.3.3, 2.4.3, 2.4.7, 2.4.11).

let house: TestHouse
let browser: Browser
let origin: string
const people = new Map<string, NoScriptPerson>()

/** One of each kind: what it is, who opens it, where. The addresses of things are asked for below. */
const kinds: [kind: string, who: string, path: string][] = [
  ['a front page', '', '/wmin'],
  ['easy read', '', '/wmin/easy-read/rights'],
  ['a long page with a table', '', '/wmin/privacy'],
  ['figures in tables', '', '/wmin/promises'],
  ['a drawing', '', '/wmin/governance'],
  ['a form with many fields', 'co-ordinator', '/wmin/team/applications/new'],
  ['a list with filters', 'volunteer-1', '/wmin/contributions'],
  ['a home page', 'volunteer-1', '/wmin/home'],
  ['the team’s week', 'co-ordinator', '/wmin/team/week'],
  ['a search', 'volunteer-1', '/wmin/search?q=scan'],
  ['notifications and choices', 'volunteer-1', '/wmin/account/preferences'],
]
const things: [kind: string, who: string, sql: string][] = [
  [
    'a timeline',
    'volunteer-1',
    `select '/wmin/contributions/C-' || c.number as path from contribution c join network n on n.id = c.network_id
     where n.slug = 'wmin' and c.state = 'closed' order by c.id limit 1`,
  ],
  [
    'a meeting',
    'board-chair',
    `select '/wmin/meetings/M-' || m.number as path from meeting m join network n on n.id = m.network_id
     where n.slug = 'wmin' and m.state = 'papers-out' order by m.id limit 1`,
  ],
  [
    'a paper',
    'board-chair',
    `select '/wmin/meetings/M-' || m.number || '/papers/P-' || p.number as path from paper p
     join meeting m on m.network_id = p.network_id and m.id = p.meeting_id join network n on n.id = m.network_id
     join network_group g on g.network_id = m.network_id and g.id = m.group_id
     where n.slug = 'wmin' and p.state = 'out' and g.kind = 'board' order by p.id limit 1`,
  ],
  [
    'minutes',
    'board-chair',
    `select '/wmin/meetings/M-' || m.number || '/minutes' as path from meeting m join network n on n.id = m.network_id
     where n.slug = 'wmin' and m.state = 'published' order by m.id limit 1`,
  ],
]

beforeAll(async () => {
  house = await openDemoHouse()
  origin = await addressOf(house)
  browser = await openBrowser()
  people.set('', new NoScriptPerson(house.app))
  const rows = await house.owner.query<{ demo_key: string; account_id: string }>(
    `select p.demo_key, p.account_id from person p join network n on n.id = p.network_id
     where n.slug = 'wmin' and p.account_id is not null and p.demo_key is not null`,
  )
  for (const row of rows.rows) {
    const person = new NoScriptPerson(house.app, row.demo_key)
    const cookie = await house.house.sessions.start(row.account_id, { secondFactor: true })
    person.takesCookies(new Response(null, { headers: { 'set-cookie': cookie } }))
    people.set(row.demo_key, person)
  }
  for (const [kind, who, sql] of things) {
    const found = await house.owner.query<{ path: string }>(sql)
    expect(found.rows.length, kind).toBe(1)
    kinds.push([kind, who, found.rows[0]!.path])
  }
  // A meeting that goes on: its room is the one page that changes by itself.
  const room = await house.owner.query<{ path: string }>(
    `update meeting set state = 'papers-out', starts_at = now() where id = (select m.id from meeting m
       join network n on n.id = m.network_id where n.slug = 'wmin' and m.state = 'papers-out' order by m.id desc limit 1)
     returning '/wmin/meetings/M-' || number || '/room' as path`,
  )
  kinds.push(['a live room', 'board-chair', room.rows[0]!.path])
}, 120_000)

/** Each kind of page, with whoever opens it, in one tab after the other. */
async function onEach(
  viewport: { width: number; height: number },
  look: (page: Page) => Promise<readonly string[]>,
): Promise<string[]> {
  const flaws: string[] = []
  for (const who of new Set(kinds.map(([, each]) => each))) {
    const person = people.get(who)!
    const context = person.cookieHeader()
      ? await browserOf(browser, person, origin, { viewport })
      : await browser.newContext({ viewport })
    const page = await context.newPage()
    for (const [kind, , path] of kinds.filter(([, each]) => each === who)) {
      const response = await page.goto(origin + path)
      if (response?.status() !== 200) flaws.push(`${kind}: ${response?.status()} at ${path}`)
      for (const flaw of await look(page)) flaws.push(`${kind} (${path}): ${flaw}`)
    }
    await context.close()
  }
  return flaws
}

test('REACH-13 1.4.10 at 400% on a wide screen nothing scrolls both ways or is cut off, and whatever has the focus is seen', async () => {
  // 1280 by 1024 pixels, magnified four times.
  const flaws = await onEach({ width: 320, height: 256 }, async page => [
    ...(await page.evaluate<string[]>(cutOff)),
    ...(await flawsAtWidth(page)),
  ])
  expect(flaws).toEqual([])
}, 180_000)

test('REACH-13 1.4.12 with more space between lines, words and letters nothing is cut off', async () => {
  for (const width of [320, 1280]) {
    const flaws = await onEach({ width, height: 800 }, async page => {
      await page.evaluate(widened)
      return await page.evaluate<string[]>(cutOff)
    })
    expect(flaws, `${width}`).toEqual([])
  }
}, 180_000)

test('REACH-13 with colours of one’s own the edges of what is pressed, the focus and every drawing can be seen', async () => {
  const flaws = await onEach({ width: 1280, height: 800 }, async page => {
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' })
    const found = await page.evaluate<string[]>(inForcedColours)
    await page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' })
    return found
  })
  expect(flaws).toEqual([])
}, 120_000)

test('REACH-13 whoever wants no motion sees none', async () => {
  const flaws = await onEach({ width: 1280, height: 800 }, async page => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    return await page.evaluate<
      string[]
    >(`[...document.querySelectorAll('*')].filter(each => [null, '::before', '::after'].some(part => {
      const style = getComputedStyle(each, part)
      return style.animationName !== 'none' || style.transitionDuration.split(',').some(time => parseFloat(time) > 0) || style.scrollBehavior === 'smooth'
    })).map(each => each.tagName + '.' + each.className)`)
  })
  expect(flaws).toEqual([])
}, 120_000)

test('REACH-13 on paper there is the page and nothing around it, nothing is cut off, and links elsewhere say where', async () => {
  // A4 at 96 pixels an inch, less its margins.
  const flaws = await onEach({ width: 718, height: 1000 }, async page => {
    await page.emulateMedia({ media: 'print' })
    const found = [...(await page.evaluate<string[]>(onPaper)), ...(await page.evaluate<string[]>(cutOff))]
    await page.emulateMedia({ media: 'screen' })
    return found
  })
  expect(flaws).toEqual([])
}, 120_000)

test('REACH-13 2.4.3 the Tab key goes through the page in its order, back again with Shift, and is caught nowhere', async () => {
  const flaws = await onEach({ width: 320, height: 640 }, async page => {
    const found: string[] = []
    type Where = { at: number; what: string; seen: boolean; radio: boolean } | null
    const order: number[] = []
    let last = -1
    let ended = false
    for (let n = 0; n < 60; n += 1) {
      await page.keyboard.press('Tab')
      const where = await page.evaluate<Where>(whereTheFocusIs)
      // Past the end: the browser's own bar.
      ended = !where || where.at <= last
      if (!where || ended) break
      if (n === 0 && where.at !== 0) found.push(`the first stop is ${where.what}`)
      if (!where.seen) found.push(`${where.what} is off the screen`)
      order.push(where.at)
      last = where.at
    }
    // A group of radios is one stop; everything else is one of its own.
    if (order.length < 10) found.push(`only ${order.length} stops`)
    if (order.some((at, n) => n > 0 && at < order[n - 1]!)) found.push(`not in order: ${order}`)
    // Back from wherever it went after the last stop.
    for (let n = 0; ended && n < 2; n += 1) {
      await page.keyboard.press('Shift+Tab')
      if ((await page.evaluate<Where>(whereTheFocusIs))?.at === order.at(-1)) break
    }
    for (const at of order.slice(0, -1).reverse().slice(0, 5)) {
      await page.keyboard.press('Shift+Tab')
      const where = await page.evaluate<Where>(whereTheFocusIs)
      if (where && !where.radio && where.at !== at) found.push(`Shift and Tab go to ${where.what}, not back`)
    }
    return found
  })
  expect(flaws).toEqual([])
}, 180_000)

test('REACH-13 what is looked for beyond axe is found where it is wrong', async () => {
  const page = await browser.newPage({ viewport: { width: 320, height: 640 } })
  await page.setContent(`<!doctype html><html><head><noscript><meta http-equiv="refresh" content="5"></noscript><style>
    .plain:focus { outline: none } .tiny { display: inline-block; width: 10px; height: 10px; overflow: hidden }
    .over { position: fixed; inset: 0; background: white } .up { position: absolute; top: 0 }</style></head><body>
    <header></header><nav></nav><nav></nav><main><h1>A</h1><h3>B</h3>
    <p id="twice"><a class="tiny" href="/a">x</a><a class="tiny" href="/b">y</a></p><p id="twice">
    <a href="/c">Open</a> or <a href="/d">Open</a>, <a href="/e">here</a>, <a href="#gone">there</a></p>
    <div class="nhsuk-error-summary"><ul><li><a href="#nothing">Enter it</a></li></ul></div>
    <span class="nhsuk-error-message" id="m">Error: Another</span>
    <label for="e">Your name</label><input id="e" name="e" type="text" aria-describedby="gone">
    <button class="plain"></button><button class="up">Up</button></main><div class="over"></div></body></html>`)
  const found = [...(await flawsOfPage(page)), ...(await flawsAtWidth(page))].join('\n')
  for (const each of [
    'no language',
    'comes anew by itself',
    'the id twice 2 times',
    'names gone, which is not there',
    'has no name',
    'not one footer',
    'navigations that cannot be told apart',
    'the first thing is not the way to the content',
    'h3 after h1',
    'a link that says nothing: here',
    'two links “open” beside each other',
    'leads nowhere: #gone',
    'the summary of mistakes has no focus',
    'the summary of mistakes is not announced',
    'not in the summary: Another',
    'read out with no field: Another',
    'leads to no field: Enter it',
    'no autocomplete: input',
    'is 10 by 10 and too near',
    'stands above',
    'has the focus and cannot be seen',
  ])
    expect(found).toContain(each)
  await page.close()
}, 60_000)
