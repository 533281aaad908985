import { beforeAll, expect, test } from 'vitest'
import { aConcern } from '#slices/concerns/for-tests.ts'
import { addressOf, browserOf, flawsOf, openBrowser } from '#tests/browser.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { newestMail } from './for-tests.ts'

let network: TestNetwork
let browser: Awaited<ReturnType<typeof openBrowser>>
let origin: string
beforeAll(async () => {
  network = await aNetwork()
  browser = await openBrowser()
  origin = await addressOf(network.house)
}, 60_000)

test('PEOPLE-15 R63 in a browser: axe finds nothing on the pages that ask anew, and words come through as typed', async () => {
  const { volunteer, slug, house } = network
  const ref = await aConcern(network, { by: volunteer })
  const context = await browserOf(browser, volunteer, origin)
  const page = await context.newPage()
  const wrong: string[] = []
  const check = async (name: string) => {
    wrong.push(...(await flawsOf(page)).map(each => `${name} ${each}`))
  }
  const hourOn = () => house.owner.query(`update session set proven_at = now() - interval '61 minutes'`)
  const words = 'Line one\n\nLine two, with “quotes” & <b>.'
  await page.goto(`${origin}/${slug}/concerns/${ref}/write`)
  await page.getByLabel('What do you want to say?').fill(words)
  await hourOn()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('heading', { name: 'Show that it is you' }).waitFor()
  await check('asks-on-the-way')
  await page.getByRole('button', { name: 'Send me a code by e-mail' }).click()
  await page.getByLabel('Six-digit code').fill('1')
  await page.getByRole('button', { name: 'Continue and send' }).click()
  await check('wrong-on-the-way')
  await page.getByLabel('Six-digit code').fill((await newestMail(volunteer)).code)
  await page.getByRole('button', { name: 'Continue and send' }).click()
  await page.getByText('Line two, with “quotes” & <b>.').waitFor()
  await hourOn()
  await page.goto(`${origin}/${slug}/account/my-data`)
  await check('asks')
  await page.getByRole('button', { name: 'Send me a code by e-mail' }).click()
  await check('waits')
  await page.getByLabel('Six-digit code').fill((await newestMail(volunteer)).code)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForURL(`${origin}/${slug}/account/my-data`)
  expect(wrong).toEqual([])
}, 90_000)
