import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { afterAll, expect } from 'vitest'
import { flawsAtWidth, flawsOfPage } from './beyond-axe.ts'
import type { TestHouse } from './house.ts'
import { NoScriptPerson } from './person.ts'

/** A real browser, closed after the file. */
export async function openBrowser(): Promise<Browser> {
  // The package unpacks its libraries only where it believes itself at home.
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x'
  const { default: packed } = await import('@sparticuz/chromium')
  const browser = await chromium.launch({
    // Fewer than the package asks for: a graphics card made of software is slow, and no page needs one.
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu'],
    executablePath: await packed.executablePath(),
  })
  afterAll(() => browser.close())
  return browser
}

/** The product of this house at an address of this machine, until the file is over. */
export async function addressOf(house: TestHouse): Promise<string> {
  const server = createServer(
    getRequestListener(request => house.app.http.fetch(request, { source: '127.0.0.1' })),
  )
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  afterAll(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A browser in which this person is signed in already. */
export async function browserOf(
  browser: Browser,
  person: NoScriptPerson,
  url: string,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 320, height: 700 }, ...options })
  const cookies = person
    .cookieHeader()
    .split('; ')
    .map(each => each.split(/=(.*)/))
  await context.addCookies(cookies.map(([name = '', value = '']) => ({ name, value, url })))
  return context
}

/** The browser of somebody of the demonstration, signed in; of a visitor when nobody has that key. */
export async function browserInDemo(
  browser: Browser,
  house: TestHouse,
  key: string,
  url: string,
): Promise<BrowserContext> {
  const person = new NoScriptPerson(house.app, key)
  const { rows } = await house.owner.query('select account_id from person where demo_key = $1', [key])
  if (!rows[0]) return await browser.newContext({ viewport: { width: 320, height: 700 } })
  const cookie = await house.house.sessions.start(rows[0].account_id, { secondFactor: true })
  person.takesCookies(new Response(null, { headers: { 'set-cookie': cookie } }))
  return await browserOf(browser, person, url)
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** On a small phone everything; on a wide screen the same page again, so only what the layout changes. */
const rulesAt = {
  320: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  1280: {
    type: 'rule',
    values: [
      'color-contrast',
      'target-size',
      'scrollable-region-focusable',
      'link-in-text-block',
      'heading-order',
      'region',
      'skip-link',
    ],
  },
} as const
// As text: it runs in the browser, whose names this project's types do not know.
const whatAxeFinds = (width: keyof typeof rulesAt) => `axe
  .run(document, { resultTypes: ['violations'], runOnly: ${JSON.stringify(rulesAt[width])} })
  .then(all => all.violations.map(each =>
    each.id + ': ' + each.nodes.slice(0, 3).map(node => node.html.slice(0, 200)).join(' | ')))`

/**
 * What axe finds on the page that is open (R43), what it cannot see, and whether anything is wider than a small phone or a wide screen.
 * The page is loaded once; only the screen changes.
 */
export async function flawsOf(page: Page): Promise<string[]> {
  const flaws = await flawsOfPage(page)
  await page.evaluate(`${axe}; undefined`)
  // The width that it has comes first: to change it costs as much as to look.
  const widths = page.viewportSize()?.width === 1280 ? ([1280, 320] as const) : ([320, 1280] as const)
  for (const width of widths) {
    if (page.viewportSize()?.width !== width) await page.setViewportSize({ width, height: 800 })
    for (const each of await page.evaluate<string[]>(whatAxeFinds(width))) flaws.push(`at ${width}: ${each}`)
    for (const each of await flawsAtWidth(page)) flaws.push(`at ${width}: ${each}`)
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
    if (wide > width) flaws.push(`${wide} wide at ${width}`)
  }
  return flaws
}

/** The same for a page without script, as a second tab with script sees it. One h1 as well. */
export async function flawsWithScript(browser: Browser, page: Page): Promise<string[]> {
  const second = await browser.newPage({ viewport: { width: 320, height: 640 } })
  await second.context().addCookies(await page.context().cookies())
  await second.goto(page.url())
  const flaws = await flawsOf(second)
  const h1s = await second.locator('h1').count()
  await second.close()
  return h1s === 1 ? flaws : [...flaws, `${h1s} h1`]
}

/** With the keyboard to the control of this name, as somebody without a mouse comes to it. */
export async function tabTo(page: Page, what: string, select: string): Promise<void> {
  for (let n = 0; n < 40; n += 1) {
    await page.keyboard.press('Tab')
    if ((await page.locator(`${select}:focus`).count()) > 0) {
      // Never hidden behind anything, nor off the screen (WCAG 2.4.11).
      expect(await page.locator(':focus').isVisible(), what).toBe(true)
      return
    }
  }
  throw new Error(`the keyboard does not reach ${what} at ${page.url()}`)
}
