import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aNetwork, type Someone } from '#tests/network.ts'
import { aHeldMeeting, aMeeting, doingAs, loadMeeting } from './for-tests.ts'
import { raiseItem } from './index.ts'
import { newerReport } from './teams-report/for-tests.ts'

const network = await aNetwork()
const { volunteer, boardMember, boardChair, coordinator } = network
let server: Server
let browser: Browser
let origin: string

beforeAll(async () => {
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x'
  const { default: packed } = await import('@sparticuz/chromium')
  server = createServer(async (request, response) => {
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const posted =
      request.method === 'POST' ? { body: Readable.toWeb(request) as never, duplex: 'half' as const } : {}
    const seen = await network.house.app.http.request(
      new Request(new URL(request.url ?? '/', origin), { method: request.method!, headers, ...posted }),
    )
    response.writeHead(seen.status, Object.fromEntries(seen.headers))
    if (seen.body) Readable.fromWeb(seen.body as never).pipe(response)
    else response.end()
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
  server?.closeAllConnections()
  server?.close()
})

/** Somebody's own browser, on a phone. */
async function as(person: Someone, more: { javaScriptEnabled?: boolean; bypassCSP?: boolean } = {}) {
  const context = await browser.newContext({ viewport: { width: 320, height: 800 }, ...more })
  await context.addCookies(
    person
      .cookieHeader()
      .split('; ')
      .map(each => ({ name: each.split('=')[0]!, value: each.slice(each.indexOf('=') + 1), url: origin })),
  )
  return context
}

const fits = async (page: Page, width: number, where: string) =>
  expect(
    await page.evaluate<number>('document.documentElement.scrollWidth'),
    `${where} at ${width}`,
  ).toBeLessThanOrEqual(width)

test('BOARD-4 BOARD-10 BOARD-20 R43 the meeting, its steps and the room pass axe and fit a phone and a wide screen', async () => {
  const ahead = await aMeeting(network)
  const long = `Ein${'x'.repeat(120)} and more about letters`
  const id = await doingAs(network, volunteer, async doing => {
    const loaded = (await loadMeeting(doing, ahead.reference, { forChange: true }))!
    const words = { about: 'People wait too long.', asked: 'discuss', minutes: 90, wished: 'public' } as const
    const done = await raiseItem(doing, loaded, { title: long, ...words, contributionIds: [] })
    return done.accepted ? done.id : 0
  })
  const item = `${ahead.path}/items/${id}`
  const held = await aHeldMeeting(network)
  await held.opens(network, 'Matters arising')
  await (await volunteer.reads(held.step('room'))).press('Raise my hand')
  await (await coordinator.reads(held.step('report')))
    .attach(
      'The attendance report',
      new File(
        [newerReport([{ name: 'Gil Guest', joined: '9/6/2026, 10:00:00', left: '9/6/2026, 11:00:00' }])],
        'report.csv',
      ),
    )
    .press('Read the report')
  const pages: [Someone, string][] = [
    [boardChair, ahead.path],
    [volunteer, item],
    [volunteer, ahead.step('items/new')],
    [boardChair, `${item}/place`],
    [coordinator, ahead.step('order')],
    [coordinator, ahead.step('apologies')],
    [coordinator, held.step('attendance')],
    [coordinator, held.step('report/check')],
    [boardChair, held.step('room')],
    [volunteer, held.step('room')],
    [volunteer, `${await held.item('Matters arising')}/note`],
  ]
  for (const [person, path] of pages) {
    const context = await as(person, { bypassCSP: true })
    const page = await context.newPage()
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      await page.goto(origin + path)
      if (process.env.SHOTS) {
        const name = `${path.replaceAll('/', '_')}-${person.fullName.split(' ')[0]}-${width}.png`
        await page.screenshot({ path: `${process.env.SHOTS}/${name}`, fullPage: true })
      }
      await page.evaluate(axe.source)
      const found = await page.evaluate<string[]>(`axe
        .run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
        .then(all => all.violations.map(each => each.id + ': ' + each.nodes.map(node => node.html).join(' | ')))`)
      expect(found, `${path} at ${width}`).toEqual([])
      await fits(page, width, path)
    }
    await context.close()
  }
}, 180_000)

test('BOARD-20 on a phone without a script the chair runs the meeting and a member raises a hand', async () => {
  const meeting = await aHeldMeeting(network)
  const [chair, member] = await Promise.all([
    as(boardChair, { javaScriptEnabled: false }),
    as(boardMember, { javaScriptEnabled: false }),
  ])
  const [hers, his] = await Promise.all([chair.newPage(), member.newPage()])
  await hers.goto(origin + meeting.step('room'))
  await hers.getByRole('button', { name: 'Open item 1: Welcome and apologies' }).click()
  expect(await hers.getByRole('heading', { level: 2 }).first().textContent()).toBe(
    'Now: 1. Welcome and apologies',
  )
  await his.goto(origin + meeting.step('room'))
  await his.getByRole('button', { name: 'Raise my hand' }).click()
  expect(await his.locator('main').textContent()).toContain('Your hand is up. You are next.')
  await hers.goto(origin + meeting.step('room'))
  await hers.getByRole('button', { name: 'Has spoken Mo Member' }).click()
  expect(await hers.locator('main').textContent()).toContain('Nobody has a hand up now.')
  // It comes anew by itself, and stops when it is told to.
  expect(await his.locator('head meta[http-equiv="refresh"]').count()).toBe(1)
  await his.getByRole('link', { name: 'Stop that' }).click()
  expect(await his.locator('head meta[http-equiv="refresh"]').count()).toBe(0)
  await fits(hers, 320, 'the chair’s room')
  await fits(his, 320, 'the member’s room')
  await chair.close()
  await member.close()
}, 60_000)

test('BOARD-20 with a script the room is live, and a button keeps the focus', async () => {
  const meeting = await aHeldMeeting(network)
  await meeting.opens(network, 'Welcome and apologies')
  // The page’s own policy holds: the script and its events come from here.
  const context = await as(volunteer)
  const page = await context.newPage()
  await page.goto(origin + meeting.step('room'))
  await page.getByRole('button', { name: 'Raise my hand' }).focus()
  await page.evaluate('window.stayed = true')
  await meeting.opens(network, 'Matters arising')
  await page.getByRole('heading', { name: 'Now: 4. Matters arising' }).waitFor({ timeout: 10_000 })
  expect(await page.evaluate('window.stayed')).toBe(true)
  expect(await page.locator(':focus').textContent()).toBe('Raise my hand')
  await context.close()
}, 60_000)
