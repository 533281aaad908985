import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import axe from 'axe-core'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aNetwork, type Someone } from '#tests/network.ts'
import { aContribution } from '../for-tests.ts'

const network = await aNetwork()
const { volunteer, coordinator, boardChair } = network
let server: Server
let browser: Browser
let origin: string

beforeAll(async () => {
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x'
  const { default: packed } = await import('@sparticuz/chromium')
  server = createServer(async (request, response) => {
    const seen = await network.house.app.http.request(
      new Request(new URL(request.url ?? '/', origin), {
        headers: { cookie: String(request.headers.cookie ?? '') },
      }),
    )
    response.writeHead(seen.status, Object.fromEntries(seen.headers))
    response.end(Buffer.from(await seen.arrayBuffer()))
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await chromium.launch({
    args: packed.args.filter(each => each !== '--single-process'),
    executablePath: await packed.executablePath(),
  })
}, 60_000)

afterAll(async () => {
  await browser?.close()
  server?.close()
})

test('LOOP-15 R43 the thread, its list and its forms pass axe and fit a phone and a wide screen', async () => {
  const long = `Ein${'x'.repeat(120)} and more words about letters.`
  const open = await aContribution(network, { by: volunteer, state: 'to-be-considered', words: long })
  const agreed = await aContribution(network, { by: volunteer, state: 'agreed' })
  const back = await aContribution(network, { by: volunteer, state: 'fed-back' })
  const pages: [Someone, string][] = [
    [coordinator, open.path],
    [volunteer, back.path],
    [boardChair, agreed.path],
    [coordinator, `/${network.slug}/contributions`],
    [boardChair, open.step('consider')],
    [volunteer, back.step('verdict')],
  ]
  for (const [person, path] of pages) {
    const context = await browser.newContext({
      bypassCSP: true,
      extraHTTPHeaders: { cookie: person.cookieHeader() },
    })
    const page = await context.newPage()
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      await page.goto(origin + path)
      if (process.env.SHOTS) {
        await page.screenshot({
          path: `${process.env.SHOTS}/${path.replaceAll('/', '_')}-${width}.png`,
          fullPage: true,
        })
      }
      await page.evaluate(axe.source)
      const found = await page.evaluate<string[]>(`axe
        .run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
        .then(all => all.violations.map(each => each.id + ': ' + each.nodes.map(node => node.html).join(' | ')))`)
      expect(found, `${path} at ${width}`).toEqual([])
      expect(
        await page.evaluate<number>('document.documentElement.scrollWidth'),
        `${path} at ${width}`,
      ).toBeLessThanOrEqual(width)
    }
    await page.keyboard.press('Tab')
    expect(await page.locator(':focus').textContent()).toBe('Skip to main content')
    await context.close()
  }
}, 90_000)
