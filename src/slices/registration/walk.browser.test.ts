import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { addressOf, flawsWithScript, openBrowser, tabTo } from '#tests/browser.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'

let network: TestNetwork
let browser: Browser
let origin: string

beforeAll(async () => {
  network = await aNetwork()
  origin = await addressOf(network.house)
  browser = await openBrowser()
}, 60_000)

test('LOOP-1 R43 the whole way with the keyboard alone, without script, on a small phone', async () => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 320, height: 640 },
  })
  const page = await context.newPage()
  const goes = async (words: string, select = 'main button') => {
    expect(await flawsWithScript(browser, page), page.url()).toEqual([])
    await tabTo(page, words, `${select}:text-is("${words}")`)
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
  }
  await page.goto(`${origin}/${network.slug}/register`)
  await goes('Start', 'main a')
  // A mistake first: the focus is on the summary, and its link leads to the field.
  await goes('Continue')
  expect(await page.locator(':focus').getAttribute('id')).toBe('error-summary')
  await tabTo(page, 'the mistake', '.nhsuk-error-summary a')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Kay Board')
  await goes('Continue')
  await tabTo(page, 'the ways', 'input[name=channel]')
  await page.keyboard.press('Space')
  await goes('Continue')
  await tabTo(page, 'the address', 'input[name=contact]')
  await page.keyboard.type('kay@example.org')
  await goes('Continue')
  await tabTo(page, 'the words', 'textarea')
  await page.keyboard.type('I would like to help.')
  await goes('Continue')
  await goes('Continue')
  await goes('Continue')
  expect(await page.locator('main').textContent()).toContain('I would like to help.')
  expect(await page.locator('#website').isVisible()).toBe(false)
  network.house.clock.set(network.house.clock.now().add({ seconds: 60 }).toString())
  await goes('Send')
  expect(await flawsWithScript(browser, page), page.url()).toEqual([])
  expect(await page.locator('h1').textContent()).toBe('Thank you')
  await goes('See where your application is', 'main a')
  await goes('Withdraw my application', 'main a')
  expect(await flawsWithScript(browser, page), page.url()).toEqual([])
  await context.close()
}, 120_000)
