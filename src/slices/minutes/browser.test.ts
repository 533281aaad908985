import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { addressOf, browserOf, flawsOf, openBrowser } from '#tests/browser.ts'
import { aNetwork, type Someone } from '#tests/network.ts'
import { aMeetingWith, ends } from './for-tests.ts'

const network = await aNetwork()
let browser: Browser
let origin: string

beforeAll(async () => {
  origin = await addressOf(network.house)
  browser = await openBrowser()
}, 60_000)

test('BOARD-19 R43 minutes are written, sent and read on a phone without script, and every page of them passes axe', async () => {
  const { coordinator, volunteer, boardChair, boardMember } = network
  const meeting = await aMeetingWith(network, {
    there: [boardChair, boardMember, volunteer],
    items: [{ title: `Ein${'x'.repeat(90)} and letters`, handling: 'public' }],
  })
  await meeting.opens(network, Object.keys(await meeting.items()).find(title => title.startsWith('Ein'))!)
  await ends(network, meeting)
  const item = Object.entries(await meeting.items()).find(([title]) => title.startsWith('Ein'))![1]

  const noScript = await browserOf(browser, coordinator, origin, { javaScriptEnabled: false })
  const phone = await noScript.newPage()
  await phone.goto(`${origin}${meeting.path}/minutes`)
  await phone.getByRole('link', { name: 'Write what was said on item 1' }).click()
  await phone.getByLabel('What was said, and what came of it?').fill('Letters will be shorter.')
  await phone.getByRole('button', { name: 'Save it' }).click()
  await phone.getByRole('link', { name: 'Send the draft to the members' }).click()
  await phone.getByRole('button', { name: 'Send the draft' }).click()
  expect(await phone.locator('main').textContent()).toContain('Letters will be shorter.')
  expect(await phone.evaluate('document.documentElement.scrollWidth <= 320')).toBe(true)
  await noScript.close()
  expect(await meeting.state()).toBe('minutes-drafted')

  const pages: [Someone, string][] = [
    [coordinator, `${meeting.path}/minutes`],
    [volunteer, `${meeting.path}/minutes/correct`],
    [coordinator, `${meeting.path}/items/${item}/minutes`],
    [coordinator, `${meeting.path}/items/${item}/decision`],
    [volunteer, `${meeting.path}/items/${item}/history`],
    [volunteer, meeting.step('after')],
    [coordinator, `/${network.slug}/team/after-meetings`],
    [volunteer, `/${network.slug}/decisions`],
  ]
  for (const [person, path] of pages) {
    const context = await browserOf(browser, person, origin)
    const page = await context.newPage()
    await page.goto(origin + path)
    expect(await flawsOf(page), path).toEqual([])
    await context.close()
  }
}, 120_000)
