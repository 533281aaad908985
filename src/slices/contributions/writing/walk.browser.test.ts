import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { addressOf, browserOf, openBrowser, tabTo } from '#tests/browser.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { aContribution } from '../for-tests.ts'

let network: TestNetwork
let browser: Browser
let origin: string

beforeAll(async () => {
  network = await aNetwork()
  origin = await addressOf(network.house)
  browser = await openBrowser()
}, 60_000)

test('LOOP-2 R43 from the first page to the receipt with the keyboard alone, without script, on a small phone', async () => {
  const { volunteer, slug } = network
  const words = 'The letter came after the day of the scan.'
  await aContribution(network, { by: volunteer, words })
  const context = await browserOf(browser, volunteer, origin, { javaScriptEnabled: false })
  const page = await context.newPage()
  const h1 = () => page.locator('h1').textContent()
  const goes = async (name: string, select = 'main button') => {
    await tabTo(page, name, `${select}:text-is("${name}")`)
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
    expect(await page.evaluate<number>('document.documentElement.scrollWidth'), page.url()).toBe(320)
  }
  await page.goto(`${origin}/${slug}/contributions/new`)
  await goes('Start now', 'main a')
  // A mistake first: the focus is on the summary, and its link leads to the field.
  await goes('Carry on')
  expect(await page.locator(':focus').getAttribute('id')).toBe('error-summary')
  await tabTo(page, 'the mistake', '.nhsuk-error-summary a')
  await page.keyboard.press('Enter')
  expect(await page.locator(':focus').getAttribute('name')).toBe('kind')
  await page.keyboard.press('Space')
  await goes('Carry on')
  await tabTo(page, 'the words', 'textarea')
  await page.keyboard.type(words)
  await goes('Carry on')
  expect(await h1()).toBe('Has this been raised before?')
  await goes('Mine is different: carry on', 'main a')
  await tabTo(page, 'what it is about', 'main select')
  await page.keyboard.type('Hosp')
  await goes('Carry on')
  await tabTo(page, 'the groups', 'input[name=group]')
  await page.keyboard.press('Space')
  await goes('Carry on')
  await tabTo(page, 'the names', 'input[name=naming]')
  await page.keyboard.press('Space')
  await goes('Carry on')
  expect(await h1()).toBe('Do you want to add photos or papers?')
  await goes('Carry on')
  expect(await h1()).toBe('Check what you want to send')
  expect(await page.locator('main').textContent()).toContain(words)
  await goes('Send it')
  expect(await h1()).toBe('We have what you sent')
  expect(await page.locator('main').textContent()).toMatch(/C-\d+/)
  await context.close()
}, 60_000)
