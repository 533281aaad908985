import { type ServerType, serve } from '@hono/node-server'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { flawsOf, openBrowser } from '#tests/browser.ts'
import type { Someone, TestNetwork } from '#tests/network.ts'
import { aStandingNetwork, newestMail } from './for-tests.ts'

let network: TestNetwork
let server: ServerType
let browser: Browser
let origin: string

beforeAll(async () => {
  network = await aStandingNetwork()
  const { fetch } = network.house.app.http
  origin = await new Promise(ready => {
    server = serve({ fetch: request => fetch(request, {}), hostname: '127.0.0.1', port: 0 }, info =>
      ready(`http://localhost:${info.port}`),
    )
  })
  browser = await openBrowser()
}, 60_000)

afterAll(() => {
  server?.close()
  vi.useRealTimers()
})

/** With a device that asks for a finger, and always gets it. */
async function aDevice(): Promise<Page> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return page
}

async function signsIn(page: Page, person: Someone, email: string): Promise<void> {
  await page.goto(`${origin}/sign-in`)
  await page.getByLabel('Your e-mail address').fill(email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await page.getByLabel('Six-digit code').fill((await newestMail(person)).code)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForLoadState()
}

const h1 = (page: Page) => page.locator('h1').textContent()

test('HOUSE-8 a chair sets up a passkey at the first sign-in, and signs in with nothing else from then on', async () => {
  const email = 'passkey-chair@example.org'
  const person = await network.aPerson({
    name: 'Cat Chair',
    email,
    signsIn: false,
    memberships: [{ group: 'mri', role: 'chair' }],
  })
  const page = await aDevice()
  await signsIn(page, person, email)
  expect(await h1(page)).toBe('Make your account safer')
  await page.getByRole('link', { name: 'Set up a passkey' }).click()
  await page.getByLabel('What do you call this device?').fill('My phone')
  await page.getByRole('button', { name: 'Add the passkey' }).click()
  await page.getByRole('button', { name: 'Show my new recovery codes' }).waitFor()
  await page.goto(`${origin}/account`)
  expect(await h1(page)).toBe('Your account')
  expect(await page.getByText('My phone').count()).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.goto(`${origin}/sign-in?to=/account`)
  await page.getByRole('link', { name: 'Sign in with a passkey instead' }).click()
  const script = await page.goto(page.url())
  expect(script?.headers()['content-security-policy']).toContain("script-src 'self'")
  await page.getByRole('button', { name: 'Use your passkey' }).click()
  await page.waitForURL(`${origin}/account`)
  expect(await h1(page)).toBe('Your account')
  // As a second factor after the code.
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await signsIn(page, person, email)
  expect(await h1(page)).toBe('Show that it is you')
  await page.getByRole('link', { name: 'Use your passkey' }).click()
  await page.getByRole('button', { name: 'Use your passkey' }).click()
  await page.waitForURL(url => !url.pathname.startsWith('/sign-in'))
  // Another device has no such passkey.
  const stranger = await aDevice()
  await stranger.goto(`${origin}/sign-in/passkey`)
  await stranger.getByRole('button', { name: 'Use your passkey' }).click()
  await stranger
    .getByRole('link', { name: /did not/ })
    .or(stranger.getByText('use another way').first())
    .first()
    .waitFor()
  await stranger.goto(`${origin}/account`)
  expect(await h1(stranger)).toBe('Sign in')
}, 60_000)

test('HOUSE-8 axe finds nothing on the pages of signing in and of the account, at 320 and 1280 pixels', async () => {
  const email = 'axe-director@example.org'
  const person = await network.aPerson({ name: 'Axel Axe', email, signsIn: false, posts: ['director'] })
  const context = await browser.newContext()
  const page = await context.newPage()
  const wrong: string[] = []
  const check = async () => {
    // The page that says sorry has no flaw of its own.
    if ((await h1(page))?.startsWith('Sorry')) wrong.push(`${page.url()} is broken`)
    wrong.push(...(await flawsOf(page)).map(each => `${page.url()} ${each}`))
  }
  const opens = async (path: string) => {
    await page.goto(origin + path)
    await check()
  }
  await opens('/sign-in')
  await opens('/sign-in/passkey')
  await opens('/sign-in/link?key=nothing')
  await page.goto(`${origin}/sign-in`)
  await page.getByLabel('Your e-mail address').fill(email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await check()
  const { code, link } = await newestMail(person)
  await opens(link)
  await page.goto(`${origin}/sign-in/code`)
  await page.getByLabel('Six-digit code').fill(code)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await check()
  await page.getByRole('button', { name: 'Set up an app' }).click()
  await check()
  const whole = await network.house.house.sessions.start(
    (await network.house.owner.query('select id from account where email = $1', [email])).rows[0].id,
    { secondFactor: true },
  )
  const [name = '', value = ''] = whole.split(';')[0]!.split(/=(.*)/)
  await context.addCookies([{ name, value, url: origin }])
  for (const path of [
    '/account',
    '/account/passkeys/new',
    '/account/recovery-codes',
    `/${network.slug}/account/contact`,
    `/${network.slug}/account/email`,
    `/${network.slug}/account/email/code`,
  ]) {
    await opens(path)
  }
  expect(wrong).toEqual([])
}, 90_000)
