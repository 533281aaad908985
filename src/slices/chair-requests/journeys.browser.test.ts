import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'

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
  // The package unpacks its libraries only where it believes itself at home.
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

/** With script only for axe, which the test brings itself; the walk is the one without. */
async function browserOf(person: Someone, javaScriptEnabled: boolean): Promise<BrowserContext> {
  const context = await browser.newContext({
    javaScriptEnabled,
    bypassCSP: javaScriptEnabled,
    viewport: { width: 320, height: 700 },
  })
  const cookies = person
    .cookieHeader()
    .split('; ')
    .map(each => {
      const at = each.indexOf('=')
      return { name: each.slice(0, at), value: each.slice(at + 1), url: origin }
    })
  await context.addCookies(cookies)
  return context
}

/** As somebody does who has no mouse: the field takes the focus, words are typed, Enter presses. */
async function types(page: Page, label: string, words: string) {
  await page.getByLabel(label).focus()
  await page.keyboard.type(words)
}
async function presses(page: Page, name: string) {
  await page.getByRole('button', { name, exact: true }).focus()
  await Promise.all([page.waitForLoadState('load'), page.keyboard.press('Enter')])
}
async function follows(page: Page, name: string) {
  await page.getByRole('link', { name }).first().focus()
  await Promise.all([page.waitForLoadState('load'), page.keyboard.press('Enter')])
}
async function picks(page: Page, name: string) {
  await page.getByRole('radio', { name }).focus()
  await page.keyboard.press('Space')
}

async function looksGood(person: Someone, path: string) {
  const context = await browserOf(person, true)
  const page = await context.newPage()
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    await page.goto(origin + path)
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
  await context.close()
}

test('LOOP-17 a request is asked and answered by keyboard, without script, on a small phone', async () => {
  const { volunteer, sigDeputy, sigMember, slug } = network
  const asking = await browserOf(volunteer, false)
  const page = await asking.newPage()
  await page.goto(`${origin}/${slug}/requests/new`)
  await follows(page, 'Start')
  await page.getByRole('radio', { name: 'Paediatric Special Interest Group' }).waitFor()
  await picks(page, 'Paediatric Special Interest Group')
  await presses(page, 'Continue')
  await page.getByRole('heading', { name: 'What do you need?' }).waitFor()
  await picks(page, 'Data')
  await presses(page, 'Continue')
  await page.getByRole('heading', { name: 'What do you want to ask?' }).waitFor()
  await types(page, 'What do you want to ask?', 'How long do children wait for a scan?')
  await presses(page, 'Continue')
  await page.getByRole('heading', { name: 'Why do you need it?' }).waitFor()
  await types(page, 'What will it help you to do?', 'To speak at the board.')
  await presses(page, 'Continue')
  await page.getByRole('heading', { name: 'Check what you ask' }).waitFor()
  await presses(page, 'Send it')
  await page.getByRole('heading', { name: 'Your request was sent' }).waitFor()
  const path = new URL(page.url()).pathname.replace('/sent', '')
  await looksGood(volunteer, `${path}/sent`)
  await looksGood(sigDeputy, path)

  const answering = await browserOf(sigDeputy, false)
  const phone = await answering.newPage()
  await phone.goto(origin + path)
  await types(phone, 'Your answer', 'Six weeks, and we want four.')
  await presses(phone, 'Send the answer')
  await phone.getByText('turn to say whether this answers it').waitFor()
  await looksGood(volunteer, path)

  await page.goto(origin + path)
  await picks(page, 'Yes, this answers it')
  await presses(page, 'Tell them')
  await page.getByText('You said that this answers it.').waitFor()
  for (const shown of [path, `/${slug}/requests`, `/${slug}/requests?show=over`])
    await looksGood(sigMember, shown)
  for (const shown of [`/${slug}/requests/new/group`, `/${slug}/requests/new/why`]) {
    await looksGood(volunteer, shown)
  }
  await looksGood(sigDeputy, `/${slug}/requests/away`)
  await looksGood(network.coordinator, `/${slug}/requests/on-behalf`)
  await looksGood(sigMember, `/${slug}/groups/paediatric/library`)
  await asking.close()
  await answering.close()
}, 120_000)
