import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { addressOf, browserOf, flawsOf, openBrowser } from '#tests/browser.ts'
import { aNetwork, type Someone } from '#tests/network.ts'
import { aContribution } from '../for-tests.ts'

const network = await aNetwork()
const { volunteer, coordinator, boardChair } = network
let browser: Browser
let origin: string

beforeAll(async () => {
  origin = await addressOf(network.house)
  browser = await openBrowser()
}, 60_000)

test('LOOP-15 R43 the thread, its list and its forms pass axe and fit a phone and a wide screen', async () => {
  const long = `Ein${'x'.repeat(120)} and more words about letters.`
  const open = await aContribution(network, { by: volunteer, state: 'to-be-considered', words: long })
  const agreed = await aContribution(network, { by: volunteer, state: 'agreed' })
  const back = await aContribution(network, { by: volunteer, state: 'fed-back' })
  const pages: [Someone, string][] = [
    [coordinator, open.path],
    [volunteer, back.path],
    [boardChair, agreed.path],
    [coordinator, `/${network.slug}/contributions`],
    [boardChair, open.step('consider')],
    [volunteer, back.step('verdict')],
  ]
  for (const [person, path] of pages) {
    const context = await browserOf(browser, person, origin)
    const page = await context.newPage()
    await page.goto(origin + path)
    expect(await flawsOf(page), path).toEqual([])
    await page.keyboard.press('Tab')
    expect(await page.locator(':focus').textContent()).toBe('Skip to main content')
    await context.close()
  }
}, 90_000)
