import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import axe from 'axe-core'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aNetwork, type Someone } from '#tests/network.ts'
import {
  aMeeting,
  anItem,
  aPaper,
  aWordFile,
  runJobs,
  wordFile,
  wordParagraph,
  wordTable,
} from './for-tests.ts'

const network = await aNetwork()
const { volunteer, coordinator, boardMember, boardChair } = network
let server: Server
let browser: Browser
let origin: string

beforeAll(async () => {
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x'
  const { default: packed } = await import('@sparticuz/chromium')
  server = createServer(async (request, response) => {
    const parts: Uint8Array[] = []
    for await (const part of request) parts.push(part as Uint8Array)
    const headers = new Headers()
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value))
    const seen = await network.house.app.http.request(
      new Request(new URL(request.url ?? '/', origin), {
        method: request.method ?? 'GET',
        headers,
        ...(parts.length > 0 ? { body: Buffer.concat(parts) } : {}),
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

const word = () =>
  wordFile(
    aWordFile(
      [
        wordParagraph('Why people wait', 'Heading1'),
        wordParagraph(`People wait eleven weeks for a scan of the head. ${'It is far too long. '.repeat(8)}`),
        wordParagraph(`Ein${'x'.repeat(120)}`),
        wordParagraph('What it costs', 'Heading2'),
        wordTable([
          ['What', 'How much', 'When', ''],
          ['Two radiographers in the evening', '£20,000', 'From May', 'x'],
          ['', '£1', '', ''],
        ]),
      ].join(''),
    ),
  )

test('BOARD-9 a question is asked on a phone of 320 pixels, without a script', async () => {
  const paper = await aPaper(network, { file: word() })
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 320, height: 640 },
  })
  await context.addCookies(
    volunteer
      .cookieHeader()
      .split('; ')
      .map(each => ({
        name: each.slice(0, each.indexOf('=')),
        value: each.slice(each.indexOf('=') + 1),
        url: origin,
      })),
  )
  const page = await context.newPage()
  await page.goto(origin + paper.path)
  await page.getByRole('link', { name: /Ask about this part.*What it costs/ }).click()
  await page.getByLabel('Your question').fill('Who pays for it?')
  await page.getByRole('button', { name: 'Ask this question' }).click()
  await page.getByRole('heading', { name: /You asked on/ }).waitFor()
  expect(await page.textContent('main')).toContain('Who pays for it?')
  await page.getByRole('button', { name: 'I have read this' }).click()
  await page.getByText('You have read this', { exact: true }).waitFor()
  await context.close()
}, 90_000)

test('BOARD-5 BOARD-6 BOARD-7 BOARD-8 R43 the pages of papers pass axe and fit a phone and a wide screen', async () => {
  const meeting = await aMeeting(network, { inDays: 3 })
  const item = await anItem(network, meeting, { presenter: boardMember })
  const out = await aPaper(network, { meeting, itemId: item, file: word() })
  const draft = await aPaper(network, {
    meeting,
    itemId: item,
    file: word(),
    out: false,
    title: 'The next one',
  })
  await (await volunteer.reads(`${out.path}/ask`))
    .fill('Your question', 'Who pays?')
    .press('Ask this question')
  await (await volunteer.reads(`${out.path}/notes`)).fill('Your notes', 'Ask Mo.').press('Keep my notes')
  await (await volunteer.reads(`${out.path}/help`))
    .fill('What would help you?', 'Ring me.')
    .press('Ask for help')
  await (await volunteer.reads(`${out.path}/put-off`))
    .fill('Why should it be put off?', 'It came late.')
    .press('Ask the chair')
  await runJobs(network)
  const question = (await boardMember.reads(out.path)).html.match(/questions\/(\d+)\/answer/)![1]
  const pages: [Someone, string][] = [
    [volunteer, out.path],
    [coordinator, draft.path],
    [boardChair, out.path],
    [boardMember, `${out.path}/change`],
    [coordinator, `${draft.path}/send-out`],
    [coordinator, `${meeting.path}/send-papers-out`],
    [volunteer, meeting.path],
    [coordinator, meeting.path],
    [coordinator, `${meeting.path}/items/${item}/add-paper`],
    [volunteer, `${out.path}/ask`],
    [volunteer, `${meeting.path}/pack.pdf`],
    [volunteer, `${meeting.path}/pack/large`],
    [volunteer, `${meeting.path}/pack/spoken`],
    [coordinator, `/${network.slug}/team/paper-help`],
    [coordinator, `/${network.slug}/team/paper-help/1`],
    [boardMember, `${out.path}/questions/${question}/answer`],
    [volunteer, `${out.path}/questions/${question}/take-back`],
    [volunteer, `${out.path}/help`],
    [volunteer, `${out.path}/help-asked`],
    [volunteer, `${out.path}/notes`],
    [network.secondVolunteer, `${out.path}/put-off`],
    [boardChair, `${out.path}/wishes/1`],
    [boardMember, `${out.path}/withdraw`],
  ]
  for (const [n, [person, path]] of pages.entries()) {
    const context = await browser.newContext({
      bypassCSP: true,
      extraHTTPHeaders: { cookie: person.cookieHeader() },
    })
    const page = await context.newPage()
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      expect((await page.goto(origin + path))?.status(), path).toBe(200)
      if (process.env.SHOTS) {
        await page.screenshot({ path: `${process.env.SHOTS}/${n}-${width}.png`, fullPage: true })
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
    await context.close()
  }
}, 180_000)
