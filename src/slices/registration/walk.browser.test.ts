import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aNetwork, type TestNetwork } from '#tests/network.ts'

let network: TestNetwork
let server: Server
let browser: Browser
let origin: string

beforeAll(async () => {
  network = await aNetwork()
  server = createServer(
    getRequestListener(request => network.house.app.http.fetch(request, { source: '127.0.0.1' })),
  )
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x'
  const { default: packed } = await import('@sparticuz/chromium')
  browser = await chromium.launch({
    args: packed.args.filter(each => each !== '--single-process'),
    executablePath: await packed.executablePath(),
  })
}, 60_000)

afterAll(async () => {
  await browser?.close()
  server?.close()
})

/** With the keyboard to the control of this name, as somebody without a mouse comes to it. */
async function tabTo(page: Page, what: string, select: string): Promise<void> {
  for (let n = 0; n < 40; n += 1) {
    await page.keyboard.press('Tab')
    if ((await page.locator(`${select}:focus`).count()) > 0) {
      // Never hidden behind anything, nor off the screen (WCAG 2.4.11).
      expect(await page.locator(':focus').isVisible()).toBe(true)
      return
    }
  }
  throw new Error(`the keyboard does not reach ${what} at ${page.url()}`)
}

/** The page of this moment as a second browser with script sees it: axe, and nothing wider than the phone. */
async function fits(page: Page): Promise<void> {
  expect(await page.locator('h1').count(), page.url()).toBe(1)
  const checker = await browser.newPage({ bypassCSP: true, viewport: { width: 320, height: 640 } })
  await checker.context().addCookies(await page.context().cookies())
  await checker.goto(page.url())
  await checker.evaluate(axe.source)
  const found = await checker.evaluate<string[]>(`axe
    .run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    .then(all => all.violations.map(each => each.id + ': ' + each.nodes.map(node => node.html).join(' | ')))`)
  expect(found, page.url()).toEqual([])
  expect(
    await checker.evaluate<number>('document.documentElement.scrollWidth'),
    page.url(),
  ).toBeLessThanOrEqual(320)
  await checker.close()
}

test('LOOP-1 R43 the whole way with the keyboard alone, without script, on a small phone', async () => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 320, height: 640 },
  })
  const page = await context.newPage()
  const goes = async (words: string, select = 'main button') => {
    await fits(page)
    await tabTo(page, words, `${select}:text-is("${words}")`)
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
  }
  await page.goto(`${origin}/${network.slug}/register`)
  await goes('Start', 'main a')
  // A mistake first: the focus is on the summary, and its link leads to the field.
  await goes('Continue')
  expect(await page.locator(':focus').getAttribute('id')).toBe('error-summary')
  await tabTo(page, 'the mistake', '.nhsuk-error-summary a')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Kay Board')
  await goes('Continue')
  await tabTo(page, 'the ways', 'input[name=channel]')
  await page.keyboard.press('Space')
  await goes('Continue')
  await tabTo(page, 'the address', 'input[name=contact]')
  await page.keyboard.type('kay@example.org')
  await goes('Continue')
  await tabTo(page, 'the words', 'textarea')
  await page.keyboard.type('I would like to help.')
  await goes('Continue')
  await goes('Continue')
  expect(await page.locator('main').textContent()).toContain('I would like to help.')
  expect(await page.locator('#website').isVisible()).toBe(false)
  network.house.clock.set(network.house.clock.now().add({ seconds: 60 }).toString())
  await goes('Send')
  await fits(page)
  expect(await page.locator('h1').textContent()).toBe('Thank you')
  await goes('See where your application is', 'main a')
  await goes('Withdraw my application', 'main a')
  await fits(page)
  await context.close()
}, 120_000)
