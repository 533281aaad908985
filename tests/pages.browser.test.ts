import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillDemo } from '#demo/index.ts'
import { openTestHouse, type TestHouse } from './house.ts'
import { type RealThings, realThings } from './real-things.ts'

// Every page of the route table that each of these people may open, in a real browser: axe, one h1, the title, nothing
// wider than a small phone, nothing asked of anybody else (R43, R45, R64, HOUSE-9). Without script and with.

const walkers = [
  'volunteer-1',
  'co-ordinator',
  'sig-deputy',
  'director',
  'applicant-1',
  'signed out',
] as const

let house: TestHouse
let server: Server
let browser: Browser
let origin: string
let things: RealThings
const elsewhere: string[] = []

beforeAll(async () => {
  house = await openTestHouse()
  await fillDemo(house.house, house.app.slices)
  things = await realThings(house, 'wmin')
  server = createServer(getRequestListener(request => house.app.http.fetch(request, { source: '127.0.0.1' })))
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  // The package unpacks its libraries only where it believes itself at home.
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x'
  const { default: packed } = await import('@sparticuz/chromium')
  browser = await chromium.launch({
    args: packed.args.filter(each => each !== '--single-process'),
    executablePath: await packed.executablePath(),
  })
}, 120_000)

afterAll(async () => {
  await browser?.close()
  server?.close()
})

function pathsToOpen(): string[] {
  return house.app.slices
    .flatMap(slice => slice.routes)
    .filter(route =>
      route.kind === 'plain' ? route.method === 'GET' : route.kind === 'page' || route.page !== false,
    )
    .filter(route => !/\/(feed\.|healthz|readyz|metrics)|\.csv|\.svg|\.png|\/files\//.test(route.path))
    .flatMap(route =>
      route.path.startsWith('/:network')
        ? things
            .paramsOf(route.path)
            .map(params =>
              route.path.replace(/:(\w+)(\{[^}]*\})?/g, (_, name: string) =>
                name === 'network' ? 'wmin' : encodeURIComponent(params[name] ?? ''),
              ),
            )
        : [route.path].filter(path => !path.includes(':')),
    )
}

async function contextOf(key: string, options: { javaScriptEnabled: boolean }): Promise<BrowserContext> {
  const context = await browser.newContext({ ...options, bypassCSP: options.javaScriptEnabled })
  if (key !== 'signed out') {
    const found = await house.owner.query<{ account_id: string }>(
      'select account_id from person where demo_key = $1',
      [key],
    )
    const cookie = await house.house.sessions.start(found.rows[0]!.account_id, { secondFactor: true })
    const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
    await context.addCookies([{ name, value, url: origin }])
  }
  return context
}

test.each(walkers)(
  'HOUSE-9 R43 axe finds nothing on any page, none is wider than 320 or 1280 pixels, each has one h1: %s',
  async key => {
    const context = await contextOf(key, { javaScriptEnabled: true })
    const page = await context.newPage()
    page.on('request', request => {
      if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
        elsewhere.push(request.url())
    })
    const wrong: string[] = []
    let opened = 0
    for (const path of pathsToOpen()) {
      await house.owner.query('truncate rate_window')
      await page.setViewportSize({ width: 320, height: 800 })
      const response = await page.goto(origin + path)
      if (!response || response.status() === 404) continue
      if (response.status() >= 500) wrong.push(`${path}: ${response.status()}`)
      opened += 1
      const h1 = await page.locator('h1').allTextContents()
      if (h1.length !== 1) wrong.push(`${path}: ${h1.length} h1`)
      else if (!(await page.title()).startsWith(h1[0]!.trim().replaceAll(/\s+/g, ' '))) {
        wrong.push(`${path}: title “${await page.title()}” does not begin with “${h1[0]}”`)
      }
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 800 })
        const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
        if (wide > width) wrong.push(`${path}: ${wide} wide at ${width}`)
        await page.evaluate(axe.source)
        const found = await page.evaluate<string[]>(`axe
          .run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
          .then(all => all.violations.map(each => each.id + ': ' + each.nodes.slice(0, 2).map(node => node.html.slice(0, 160)).join(' | ')))`)
        for (const each of found) wrong.push(`${path} at ${width}: ${each}`)
      }
    }
    await context.close()
    expect(wrong).toEqual([])
    expect(opened).toBeGreaterThan(key === 'signed out' || key === 'applicant-1' ? 8 : 20)
  },
  300_000,
)

test('HOUSE-9 R64 no page asked for anything outside this service', () => {
  expect(elsewhere).toEqual([])
})
