import type { Browser, BrowserContext, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { addressOf, browserOf, flawsOf, openBrowser } from '#tests/browser.ts'
import type { TestHouse } from '#tests/house.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import { aPushService, PushBrowser } from './for-tests.ts'
import { tellDevices } from './send.ts'

let network: TestNetwork
let browser: Browser
let origin: string

beforeAll(async () => {
  network = await aNetwork()
  Object.assign(network.house.house, { alsoReaches: (address: string) => address === '127.0.0.1' })
  // By this name a browser takes it for safe, as it does an https address.
  origin = (await addressOf(withoutScreen(network.house))).replace('127.0.0.1', 'localhost')
  browser = await openBrowser()
}, 60_000)

/** A browser without a screen shows nothing and has no icons: what our worker asks of it is written down. */
const writtenDown = `
  const asked = []
  ServiceWorkerRegistration.prototype.showNotification = async (title, { body, data }) => asked.push({ title, body, ...data })
  navigator.setAppBadge = async n => asked.push(n)
  navigator.clearAppBadge = async () => asked.push(0)
  self.clients.openWindow = async to => asked.push(to)
  self.addEventListener('message', ({ data, source }) => {
    if (data.to) {
      const event = new Event('notificationclick')
      self.dispatchEvent(Object.assign(event, { notification: { close() {}, data }, waitUntil() {} }))
    }
    source.postMessage(asked)
  })
`

function withoutScreen(house: TestHouse): TestHouse {
  const fetch = async (request: Request, ...rest: unknown[]) => {
    const answer = await house.app.http.fetch(request, ...(rest as []))
    if (new URL(request.url).pathname !== '/sw.js') return answer
    return new Response(writtenDown + (await answer.text()), { headers: answer.headers })
  }
  return { ...house, app: { ...house.app, http: { fetch } as unknown as TestHouse['app']['http'] } }
}

async function aDevice(person: Someone, allowed: boolean): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browserOf(browser, person, origin)
  if (allowed) await context.grantPermissions(['notifications'], { origin })
  return { context, page: await context.newPage() }
}
const list = () => `${origin}/${network.slug}/account/notifications`
const button = (page: Page) => page.getByRole('button', { name: 'Tell me on this device' })
const problem = (page: Page) => page.locator('.nhsuk-error-summary').textContent()

test('REACH-15 nothing is asked before the button; where the browser or its maker says no, the page says it in words', async () => {
  const refused = await aDevice(network.volunteer, false)
  await refused.page.goto(list())
  expect(await flawsOf(refused.page)).toEqual([])
  await button(refused.page).click()
  await refused.page.waitForLoadState()
  expect(await problem(refused.page)).toContain('Your browser does not let us tell you anything.')
  await refused.context.close()

  // This browser has no service of its maker to reach.
  const { context, page } = await aDevice(network.volunteer, true)
  await page.goto(list())
  await button(page).click()
  await page.locator('.nhsuk-error-summary').waitFor()
  expect(await problem(page)).toContain('Your browser could not get ready for notifications')
  await context.close()

  // Without a script there is no such button, and the page says why.
  const plain = await browserOf(browser, network.volunteer, origin, { javaScriptEnabled: false })
  const quiet = await plain.newPage()
  await quiet.goto(list())
  expect(await button(quiet).isVisible()).toBe(false)
  expect(await quiet.getByText('JavaScript must be on in its browser').isVisible()).toBe(true)
  await plain.close()
}, 60_000)

test('REACH-15 a device is added with one button, shows what was sealed for it, and opens the page behind the sign-in', async () => {
  const service = await aPushService()
  const pushed = new PushBrowser(service.origin)
  const { context, page } = await aDevice(network.secondVolunteer, true)
  // The maker's part of the browser: it hands out an address and keys.
  await page.addInitScript(`PushManager.prototype.subscribe = async options => {
    if (!options.userVisibleOnly || options.applicationServerKey.length !== 65) throw new Error('not like this')
    const { endpoint, ...keys } = ${JSON.stringify(pushed.reach)}
    return { toJSON: () => ({ endpoint, keys }) }
  }`)
  await page.goto(list())
  await button(page).click()
  await page.getByText('This device is added.').waitFor()
  expect(await flawsOf(page)).toEqual([])
  await page.getByRole('button', { name: /^Send a test to/ }).click()
  await page.getByText('A test is on its way.').waitFor()
  expect(await tellDevices(network.house.house, network.house.app.slices)).toBe(1)
  const data = JSON.stringify(pushed.opens(service.arrived[0]!))

  // What the browser opens, it hands to our worker.
  const tools = await context.newCDPSession(page)
  const registration = new Promise<string>(found =>
    tools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(each => each.scopeURL === `${origin}/`)
      if (ours) found(ours.registrationId)
    }),
  )
  await tools.send('ServiceWorker.enable')
  const deliver = async (words: string) =>
    await tools.send('ServiceWorker.deliverPushMessage', {
      origin,
      registrationId: await registration,
      data: words,
    })
  await deliver(data)
  const asked = (of: object) =>
    page.evaluate<unknown[]>(`new Promise(async done => {
      navigator.serviceWorker.addEventListener('message', ({ data }) => done(data), { once: true })
      ;(await navigator.serviceWorker.ready).active.postMessage(${JSON.stringify(of)})
    })`)
  const home = `/${network.slug}/home?sign-in`
  const told = { title: 'First', body: 'There is something new for you.', to: home }
  await expect.poll(() => asked({})).toEqual([told, 0])
  await deliver(JSON.stringify({ ...JSON.parse(data), needs: 3 }))
  await expect.poll(() => asked({})).toEqual([told, 0, told, 3])
  // Chosen, it opens the page behind the sign-in, and never an address of somebody else.
  await asked({ to: 'https://elsewhere.example/' })
  expect((await asked({ to: home })).slice(4)).toEqual([origin + home])
  // What cannot be read is no reason to be silent: browsers ask for a notification each time.
  await deliver('no JSON')
  await expect
    .poll(async () => (await asked({})).at(-1))
    .toEqual({ ...told, title: 'Closing the Loop', to: '/' })

  // Without a connection the worker says so, and has kept nothing to show.
  await context.setOffline(true)
  await page.goto(`${origin}/${network.slug}/home`)
  expect(await page.locator('h1').textContent()).toBe('You are not connected')
  expect(await page.evaluate<string[]>('caches.keys()')).toEqual([])
  await context.setOffline(false)
  await page.goto(`${origin}/${network.slug}/home`)
  expect(await page.locator('h1').textContent()).toBe('Hello Sam')

  // Signing out takes it all away.
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForLoadState('networkidle')
  await expect
    .poll(() => page.evaluate<number>('navigator.serviceWorker.getRegistrations().then(all => all.length)'))
    .toBe(0)
  const left = await network.house.owner.query('select 1 from push_device where person_id = $1', [
    network.secondVolunteer.id,
  ])
  expect(left.rows).toEqual([])
  await context.close()
}, 60_000)

test('REACH-15 the number of what needs somebody goes to the icon of the app, and away at the sign-out', async () => {
  const { context, page } = await aDevice(network.coordinator, false)
  // A browser without a screen has no icon: what is asked of it is written down.
  await page.addInitScript(`navigator.setAppBadge = async n => localStorage.setItem('icon', String(n))
    navigator.clearAppBadge = async () => localStorage.setItem('icon', 'none')`)
  const icon = () => page.evaluate<string | null>(`localStorage.getItem('icon')`)
  await network.house.owner.query(
    `insert into message (network_id, key, person_id, address, channel, kind, subject, body, about_kind, about_id, state, due_on, next_try_at, created_at)
     values ($1, 'call', $2, '', 'phone', 'a-test', 'a', 'a', 'x', '1', 'by-hand', '2026-06-12', now(), now())`,
    [network.id, network.volunteer.id],
  )
  await page.goto(`${origin}/${network.slug}/home`)
  await expect.poll(icon).toBe('1')
  expect(await page.getByRole('link', { name: 'Home 1 waiting for you' }).count()).toBe(1)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect.poll(icon).toBe('none')
  await context.close()
}, 60_000)
