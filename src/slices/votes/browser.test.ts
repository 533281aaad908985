import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { flawsOf, openBrowser, tabTo } from '#tests/browser.ts'
import { aNetwork, type Someone } from '#tests/network.ts'
import { aMotion, closes, meetingIs, votesOn } from './for-tests.ts'

const network = await aNetwork()
let server: Server
let browser: Browser
let origin: string

beforeAll(async () => {
  await meetingIs(network, 'held')
  server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const { host, ...headers } = request.headers
    const seen = await network.house.app.http.request(
      new Request(new URL(request.url ?? '/', 'http://loop.test'), {
        method: request.method ?? 'GET',
        headers: { ...(headers as Record<string, string>), host: 'loop.test', origin: 'http://loop.test' },
        ...(parts.length > 0 ? { body: Buffer.concat(parts) } : {}),
      }),
    )
    response.writeHead(seen.status, Object.fromEntries(seen.headers))
    response.end(Buffer.from(await seen.arrayBuffer()))
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await openBrowser()
}, 60_000)

afterAll(() => void server?.close())

/** A phone of 320 pixels on which no script runs. */
async function onAPhone(person: Someone): Promise<Page> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 320, height: 640 },
  })
  await context.addCookies(
    person
      .cookieHeader()
      .split('; ')
      .map(each => ({ name: each.split('=')[0]!, value: each.slice(each.indexOf('=') + 1), url: origin })),
  )
  return await context.newPage()
}

/** The same page with a script of ours, which looks for flaws at 320 and 1280. */
async function flawsAt(person: Someone, path: string): Promise<string[]> {
  const context = await browser.newContext({
    bypassCSP: true,
    viewport: { width: 320, height: 640 },
    extraHTTPHeaders: { cookie: person.cookieHeader() },
  })
  const page = await context.newPage()
  await page.goto(origin + path)
  const flaws = await flawsOf(page)
  if (process.env.SHOTS) {
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      await page.screenshot({
        path: `${process.env.SHOTS}/${path.replaceAll('/', '_')}-${width}.png`,
        fullPage: true,
      })
    }
  }
  await context.close()
  return flaws
}

test('BOARD-14 R43 a vote by phone, 320 wide, without script and by keyboard: chosen, confirmed, receipt, changed', async () => {
  const motion = await aMotion(network, { open: true, terms: { manner: 'secret', isSecret: true } })
  const page = await onAPhone(network.volunteer)
  await page.goto(origin + motion.path)
  await page
    .getByRole('button', { name: 'Vote now' })
    .or(page.getByRole('link', { name: 'Vote now' }))
    .click()
  expect(await page.locator('h1').textContent()).toContain('How do you vote?')
  // Large enough for a finger (WCAG 2.5.8 asks for 24).
  for (const label of ['For', 'Against', 'Abstain']) {
    const box = (await page.getByText(label, { exact: true }).boundingBox())!
    expect(box.height, label).toBeGreaterThanOrEqual(30)
  }
  await tabTo(page, 'the first choice', 'input[type=radio]')
  await page.keyboard.press('Space')
  await tabTo(page, 'the button', 'main button')
  await page.keyboard.press('Enter')
  await page.waitForSelector('text=Is this your vote?')
  expect(await page.locator('main').textContent()).toContain('For')
  await page.getByRole('button', { name: 'Yes, this is my vote' }).click()
  await page.waitForSelector('text=Your vote is in')
  const receipt = await page.locator('.nhsuk-panel strong').textContent()
  expect(receipt).toMatch(/^[A-Z0-9]{5}-[A-Z0-9]{5}$/)
  expect(page.url()).not.toContain(receipt!)
  await page.getByRole('link', { name: 'Change my vote' }).click()
  await page.getByLabel('Against').check()
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByRole('button', { name: 'Yes, this is my vote' }).click()
  await page.waitForSelector('text=Your vote is in')
  for (const path of [motion.path, `${motion.path}/ballot`, `${motion.path}/ballot/receipt`]) {
    expect(await flawsAt(network.volunteer, path), path).toEqual([])
  }
  expect(await flawsAt(network.boardChair, `${motion.path}/close`)).toEqual([])
  for (const person of [network.boardChair, network.boardMember])
    await votesOn(network, motion, person, 'for')
  await closes(network, motion)
  expect(await flawsAt(network.volunteer, motion.path)).toEqual([])
}, 120_000)

test('BOARD-14 R43 a ballot with places, and the result of an open vote, pass axe and fit a phone', async () => {
  const motion = await aMotion(network, {
    open: true,
    terms: {
      kind: 'ranked',
      text: 'Where do we meet in winter, when the trains are slow?',
      options: [
        { key: 'a', text: 'In Wolverhampton' },
        { key: 'b', text: 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch' },
        { key: 'c', text: 'Online' },
      ],
    },
  })
  expect(await flawsAt(network.volunteer, `${motion.path}/ballot`)).toEqual([])
  await votesOn(network, motion, network.volunteer, 'b', 'a')
  await votesOn(network, motion, network.boardMember, 'c', 'a')
  await votesOn(network, motion, network.boardChair, 'a', 'c')
  await votesOn(network, motion, network.secondVolunteer, 'a')
  await closes(network, motion)
  expect(await flawsAt(network.volunteer, motion.path)).toEqual([])
  const draft = await aMotion(network)
  expect(await flawsAt(network.boardChair, `${draft.path}/change`)).toEqual([])
  expect(await flawsAt(network.boardChair, `${draft.path}/open`)).toEqual([])
}, 120_000)
