import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { flawsOf, openBrowser } from '#tests/browser.ts'
import { Gallery, galleryErrors, galleryFrame, OneQuestion } from './gallery.tsx'
import {
  assets,
  BrokenPage,
  RefusedPage,
  renderDocument,
  SessionEndedPage,
  TooLargePage,
  TooManyPage,
  UnavailablePage,
} from './index.ts'

const bare = { ...galleryFrame, person: undefined, navigation: [] }
const documents: Record<string, string> = {
  '/gallery': renderDocument(<Gallery />),
  '/mistakes': renderDocument(<Gallery errors={galleryErrors} />),
  '/question': renderDocument(<OneQuestion errors={[{ field: 'born', message: 'Enter a real date' }]} />),
  '/ended': renderDocument(<SessionEndedPage frame={bare} />),
  '/refused': renderDocument(<RefusedPage frame={bare} />),
  '/large': renderDocument(<TooLargePage frame={bare} />),
  '/often': renderDocument(<TooManyPage frame={bare} minutes={5} />),
  '/broken': renderDocument(<BrokenPage frame={bare} requestId="an-id" />),
  '/away': renderDocument(<UnavailablePage frame={bare} />),
}
const policy = "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'"

let server: Server
let browser: Browser
let page: Page
let origin: string
const asked: string[] = []

beforeAll(async () => {
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
  browser = await openBrowser()
  page = await browser.newPage()
}, 60_000)

afterAll(() => void server?.close())

test.each(Object.keys(documents))(
  'R43 axe finds nothing and nothing is wider than the screen: %s at 320 and 1280 pixels',
  async path => {
    await page.goto(origin + path)
    expect(await flawsOf(page)).toEqual([])
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
  expect(asked.length).toBeGreaterThan(4)
  expect(asked.filter(each => !allowed.has(each))).toEqual([])
})
