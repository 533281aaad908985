import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Gallery, galleryErrors, galleryFrame, OneQuestion } from './gallery.tsx'
import { assets, renderDocument, SessionEndedPage } from './index.ts'

const documents: Record<string, string> = {
  '/gallery': renderDocument(<Gallery />),
  '/mistakes': renderDocument(<Gallery errors={galleryErrors} />),
  '/question': renderDocument(<OneQuestion errors={[{ field: 'born', message: 'Enter a real date' }]} />),
  '/ended': renderDocument(
    <SessionEndedPage frame={{ ...galleryFrame, person: undefined, navigation: [] }} />,
  ),
}
const policy = "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'"

let server: Server
let browser: Browser
let page: Page
let origin: string
const asked: string[] = []

beforeAll(async () => {
  // The package unpacks its libraries only where it believes itself at home.
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x'
  const { default: packed } = await import('@sparticuz/chromium')
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const asset = Object.values(assets()).find(each => each.path === request.url)
    const body = asset?.body ?? documents[request.url ?? '']
    response.writeHead(body ? 200 : 404, {
      'content-type': asset?.type ?? 'text/html; charset=utf-8',
      'content-security-policy': policy,
    })
    response.end(body)
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await chromium.launch({
    // One process for all makes the browser end with its first closed page.
    args: packed.args.filter(each => each !== '--single-process'),
    executablePath: await packed.executablePath(),
  })
  // axe is put in by the test, past the policy; the pages themselves bring no script.
  page = await browser.newPage({ bypassCSP: true })
}, 60_000)

afterAll(async () => {
  await browser?.close()
  server?.close()
})

test.each(Object.keys(documents).flatMap(path => [320, 1280].map(width => [path, width] as const)))(
  'R43 axe finds nothing and nothing is wider than the screen: %s at %i pixels',
  async (path, width) => {
    await page.setViewportSize({ width, height: 800 })
    await page.goto(origin + path)
    await page.evaluate(axe.source)
    // As text: it runs in the browser, whose names this project's types do not know.
    const found = await page.evaluate<string[]>(`axe
    .run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    .then(all => all.violations.map(each => each.id + ': ' + each.nodes.map(node => node.html).join(' | ')))`)
    expect(found).toEqual([])
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
  },
  30_000,
)

test('R45 the focus is on the summary without a script, and its links land in the fields', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const plain = await context.newPage()
  await plain.goto(`${origin}/mistakes`)
  expect(await plain.locator(':focus').getAttribute('id')).toBe('error-summary')
  await plain.getByRole('link', { name: 'The date must be a real date' }).click()
  expect(await plain.locator(':focus').getAttribute('name')).toBe('heard-on-day')
  await context.close()
}, 30_000)

test('R43 the keyboard reaches the skip link first, and it leads past the menu', async () => {
  await page.goto(`${origin}/gallery`)
  await page.keyboard.press('Tab')
  expect(await page.locator(':focus').textContent()).toBe('Skip to main content')
  expect(await page.locator(':focus').boundingBox()).toMatchObject({ x: 16, y: 16 })
  await page.keyboard.press('Enter')
  expect(await page.locator(':focus').getAttribute('id')).toBe('maincontent')
})

test('R64 the pages asked for nothing but themselves, the stylesheet and the mark', () => {
  const allowed = new Set([...Object.keys(documents), ...Object.values(assets()).map(each => each.path)])
  expect(asked.length).toBeGreaterThan(8)
  expect(asked.filter(each => !allowed.has(each))).toEqual([])
})
