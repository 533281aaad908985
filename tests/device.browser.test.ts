import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserOf, flawsOf, openBrowser } from './browser.ts'
import { aNetwork, type Someone, type TestNetwork } from './network.ts'

// What a device keeps of what is being written, in a real browser: the connection goes, the server stops, the session
// ends, somebody else sits down, and what was written is there, or is not.

let network: TestNetwork
let browser: Browser
let server: Server
let origin: string
let port = 0
/** The work is done, and the connection breaks before anybody hears of it. */
let losesAnswers = false

beforeAll(async () => {
  network = await aNetwork()
  await starts()
  browser = await openBrowser()
}, 60_000)
afterAll(() => void server.close())

async function starts(): Promise<void> {
  const { http } = network.house.app
  server = createServer(
    getRequestListener(async (request, { incoming }) => {
      const answer = await http.fetch(request, { source: '127.0.0.1' })
      if (losesAnswers && request.method === 'POST') incoming.socket.destroy()
      return answer
    }),
  )
  await new Promise<void>(ready => server.listen(port, '127.0.0.1', ready))
  port = (server.address() as AddressInfo).port
  // By this name a browser takes it for safe, as it does an https address.
  origin = `http://localhost:${port}`
}

async function stops(): Promise<void> {
  server.closeAllConnections()
  await new Promise(done => server.close(done))
}

async function aDevice(person: Someone): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browserOf(browser, person, origin)
  return { context, page: await context.newPage() }
}

const newMessage = () => `${origin}/${network.slug}/messages/new`
const words = (page: Page) => page.getByLabel('Your message')
const kept = (page: Page) =>
  page.evaluate<string[]>(
    `Object.keys(localStorage).filter(each => each.startsWith('loop-kept:')).map(each => each + ' ' + localStorage[each])`,
  )
const isKept = async (page: Page, n = 1) => await expect.poll(async () => (await kept(page)).length).toBe(n)
const offer = (page: Page) => page.getByRole('region', { name: 'What you wrote before' })

async function begins(page: Page, text: string): Promise<void> {
  await page.goto(newMessage())
  await page.getByLabel('The team').check()
  await page.getByLabel('What is it about?').fill('The ramp')
  await words(page).pressSequentially(text)
  await isKept(page)
}

test('REACH-14 what is being written is kept on the device, sealed, offered again, and gone once it is sent', async () => {
  const { context, page } = await aDevice(network.volunteer)
  await begins(page, 'The ramp at door B is too steep.')
  const [shut = ''] = await kept(page)
  // Neither a name, nor an address, nor a word stands there: the key comes with this person's own pages only.
  expect(shut).not.toMatch(/Vera|message|ramp|steep|door/i)
  expect(shut).not.toContain(network.house.house.tokens.deviceKey(network.volunteer.accountId!))

  await page.goto(`${origin}/${network.slug}/messages`)
  await page.goto(newMessage())
  await expect
    .poll(() => offer(page).textContent())
    .toMatch(/^You began to write this on \d+ [A-Z][a-z]+ at [\d:]+[ap]m and did not send it/)
  expect(await words(page).inputValue()).toBe('')
  expect(await flawsOf(page)).toEqual([])
  await page.setViewportSize({ width: 320, height: 700 })

  // What is typed in the meantime is not written over, and both are still there after another accident.
  await words(page).fill('I am somebody who came back.')
  await expect.poll(() => offer(page).count()).toBe(1)
  await page.waitForTimeout(400)
  await page.reload()
  await expect.poll(() => offer(page).count()).toBe(2)
  await offer(page).first().getByRole('button', { name: 'Put it back' }).click()
  expect(await words(page).inputValue()).toBe('I am somebody who came back.')
  await offer(page).getByRole('button', { name: 'Put it back' }).click()
  expect(await words(page).inputValue()).toBe(
    'I am somebody who came back.\n\nThe ramp at door B is too steep.',
  )
  expect(await page.getByLabel('What is it about?').inputValue()).toBe('The ramp')
  expect(await page.getByLabel('The team').isChecked()).toBe(true)
  await expect
    .poll(() => page.getByRole('status').textContent())
    .toBe('It is back. Nothing is sent until you send it.')
  expect(await offer(page).count()).toBe(0)

  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('heading', { level: 1, name: 'The ramp' }).waitFor()
  await isKept(page, 0)
  await page.goto(newMessage())
  await page.waitForLoadState('networkidle')
  expect(await offer(page).count()).toBe(0)
  await context.close()
}, 60_000)

test('REACH-14 whoever does not want it any more deletes it with one button', async () => {
  const { context, page } = await aDevice(network.secondVolunteer)
  await begins(page, 'Not so important after all.')
  await page.reload()
  await offer(page).getByRole('button', { name: 'Delete it' }).click()
  await isKept(page, 0)
  expect(await words(page).inputValue()).toBe('')
  await page.reload()
  await page.waitForLoadState('networkidle')
  expect(await offer(page).count()).toBe(0)
  await context.close()
}, 60_000)

test('REACH-14 without a connection the page says so politely, sends nothing and loses nothing', async () => {
  const { context, page } = await aDevice(network.volunteer)
  await begins(page, 'The lift was out of order again.')
  await context.setOffline(true)
  const status = page.getByRole('status')
  await expect
    .poll(() => status.textContent())
    .toBe('You are not connected. What you write is kept on this device.')
  await words(page).pressSequentially(' For a week.')
  await page.getByRole('button', { name: 'Send' }).click()
  await expect.poll(() => status.textContent()).toContain('You are not connected, so nothing was sent.')
  expect(page.url()).toBe(newMessage())
  expect(await words(page).inputValue()).toBe('The lift was out of order again. For a week.')
  await context.setOffline(false)
  await expect.poll(() => status.textContent()).toBe('You are connected again. You can send it now.')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('heading', { level: 1, name: 'The ramp' }).waitFor()
  await isKept(page, 0)
  await context.close()
}, 60_000)

test('REACH-14 a server that is away takes nothing with it, and what arrived is not sent twice', async () => {
  const { context, page } = await aDevice(network.volunteer)
  await begins(page, 'Nobody could say where to wait.')
  await stops()
  await page.getByRole('button', { name: 'Send' }).click()
  await page.waitForURL('chrome-error://chromewebdata/')
  await starts()
  await page.goto(newMessage())
  await offer(page).getByRole('button', { name: 'Put it back' }).click()
  expect(await words(page).inputValue()).toBe('Nobody could say where to wait.')

  // It arrives, but the answer is lost on the way back.
  const threads = async () =>
    Number((await network.house.owner.query('select count(*) from message_thread')).rows[0].count)
  const before = await threads()
  losesAnswers = true
  await page.getByRole('button', { name: 'Send' }).click()
  await page.waitForURL('chrome-error://chromewebdata/')
  expect(await threads()).toBe(before + 1)
  losesAnswers = false
  await page.goto(newMessage())
  await offer(page).getByRole('button', { name: 'Put it back' }).click()
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('heading', { level: 1, name: 'The ramp' }).waitFor()
  expect(await threads()).toBe(before + 1)
  await isKept(page, 0)
  await context.close()
}, 60_000)

test('REACH-14 signing out leaves nothing on the device, and nobody else there finds what was written', async () => {
  const { context, page } = await aDevice(network.secondVolunteer)
  await begins(page, 'This is for the team alone.')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForLoadState('networkidle')
  expect(await kept(page)).toEqual([])
  await network.secondVolunteer.signsIn()

  // Without signing out, another person sits down at the same browser.
  const again = await aDevice(network.secondVolunteer)
  await begins(again.page, 'This is for the team alone.')
  const [shut = ''] = await kept(again.page)
  const [name = '', value = ''] = network.volunteer.cookieHeader().split(/=(.*)/)
  await again.context.addCookies([{ name, value, url: origin }])
  await again.page.goto(newMessage())
  await again.page.waitForLoadState('networkidle')
  expect(await offer(again.page).count()).toBe(0)
  expect(await words(again.page).inputValue()).toBe('')
  expect(await kept(again.page)).toEqual([])
  // Even with a copy of what was there they could not open it.
  const [at = '', words0 = ''] = shut.split(' ')
  await again.page.evaluate(`localStorage.setItem(${JSON.stringify(at)}, ${JSON.stringify(words0)})`)
  await again.page.goto(newMessage())
  await again.page.waitForLoadState('networkidle')
  expect(await offer(again.page).count()).toBe(0)
  await context.close()
  await again.context.close()
}, 60_000)

test('REACH-14 a session that ended while somebody wrote loses nothing, and offers nothing twice', async () => {
  const { context, page } = await aDevice(network.sigMember)
  await page.goto(newMessage())
  await page.getByLabel('The team').check()
  await page.getByLabel('What is it about?').fill('The ramp')
  await words(page).fill('The signs are too small to read.')
  await isKept(page)
  await network.house.owner.query('delete from session where account_id = $1', [network.sigMember.accountId])
  await page.getByRole('button', { name: 'Send' }).click()
  await page.waitForLoadState()
  expect(await page.locator('h1').textContent()).toContain('signed out')
  await network.sigMember.signsIn()
  const [name = '', value = ''] = network.sigMember
    .cookieHeader()
    .split('; ')
    .find(each => each.startsWith('loop='))!
    .split(/=(.*)/)
  await context.addCookies([{ name, value, url: origin }])
  await page.goto(newMessage())
  await page.waitForLoadState('networkidle')
  // The server kept it, too: it stands in the field already.
  expect(await words(page).inputValue()).toBe('The signs are too small to read.')
  expect(await offer(page).count()).toBe(0)
  await context.clearCookies({ name: 'loop-kept' })
  await page.goto(newMessage())
  await offer(page).getByRole('button', { name: 'Put it back' }).click()
  expect(await words(page).inputValue()).toBe('The signs are too small to read.')
  await context.close()
}, 60_000)

test('REACH-14 SAFE-1 of a concern nothing is kept on a device', async () => {
  const { context, page } = await aDevice(network.volunteer)
  for (const at of ['concerns/new', 'concerns']) {
    const answer = await page.goto(`${origin}/${network.slug}/${at}`)
    expect(answer?.status()).toBe(200)
    expect(await page.locator('[data-keep]').count(), at).toBe(0)
    expect(answer?.headers()['content-security-policy']).toContain("script-src 'none'")
  }
  expect(await kept(page)).toEqual([])
  await context.close()
}, 60_000)

test('REACH-14 what a visitor writes stays in their tab alone, until it is sent or somebody signs in', async () => {
  const context = await browser.newContext({ viewport: { width: 320, height: 700 } })
  const page = await context.newPage()
  const problem = `${origin}/${network.slug}/help/problem`
  const what = () => page.getByLabel('What is wrong?')
  const inTab = () =>
    page.evaluate<number>(`Object.keys(sessionStorage).filter(each => each.startsWith('loop-kept:')).length`)
  await page.goto(problem)
  await what().fill('The dates are hard to find.')
  await expect.poll(inTab).toBe(1)
  expect(await kept(page)).toEqual([])
  await page.goto(`${origin}/${network.slug}`)
  await page.goto(problem)
  await offer(page).getByRole('button', { name: 'Put it back' }).click()
  expect(await what().inputValue()).toBe('The dates are hard to find.')
  const other = await context.newPage()
  await other.goto(problem)
  await other.waitForLoadState('networkidle')
  expect(await offer(other).count()).toBe(0)
  await page.getByRole('button', { name: 'Send it' }).click()
  await page.getByText('Thank you').first().waitFor()
  await expect.poll(inTab).toBe(0)
  // Whoever signs in there finds nothing of it.
  await page.goto(problem)
  await what().fill('Somebody else wrote this.')
  await expect.poll(inTab).toBe(1)
  const [name = '', value = ''] = network.sigMember
    .cookieHeader()
    .split('; ')
    .find(each => each.startsWith('loop='))!
    .split(/=(.*)/)
  await context.addCookies([{ name, value, url: origin }])
  await page.goto(problem)
  await expect.poll(inTab).toBe(0)
  expect(await offer(page).count()).toBe(0)
  await context.close()
}, 60_000)
