import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { addressOf, browserOf, flawsOf, openBrowser } from '#tests/browser.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'

let network: TestNetwork
let browser: Browser
let origin: string

beforeAll(async () => {
  network = await aNetwork()
  origin = await addressOf(network.house)
  browser = await openBrowser()
}, 60_000)

/** As somebody does who has no mouse: the field takes the focus, words are typed, Enter presses. */
async function types(page: Page, label: string, words: string) {
  await page.getByLabel(label).focus()
  await page.keyboard.type(words)
}
async function presses(page: Page, name: string) {
  await page.getByRole('button', { name, exact: true }).focus()
  await Promise.all([page.waitForLoadState('load'), page.keyboard.press('Enter')])
}
async function follows(page: Page, name: string) {
  await page.getByRole('link', { name }).first().focus()
  await Promise.all([page.waitForLoadState('load'), page.keyboard.press('Enter')])
}
async function picks(page: Page, name: string) {
  await page.getByRole('radio', { name }).focus()
  await page.keyboard.press('Space')
}

async function looksGood(person: Someone, path: string) {
  const context = await browserOf(browser, person, origin)
  const page = await context.newPage()
  await page.goto(origin + path)
  expect(await flawsOf(page), path).toEqual([])
  await context.close()
}

test('LOOP-17 a request is asked and answered by keyboard, without script, on a small phone', async () => {
  const { volunteer, sigDeputy, sigMember, slug } = network
  const asking = await browserOf(browser, volunteer, origin, { javaScriptEnabled: false })
  const page = await asking.newPage()
  await page.goto(`${origin}/${slug}/requests/new`)
  await follows(page, 'Start')
  await page.getByRole('radio', { name: 'Paediatric Special Interest Group' }).waitFor()
  await picks(page, 'Paediatric Special Interest Group')
  await presses(page, 'Continue')
  await page.getByRole('heading', { name: 'What do you need?' }).waitFor()
  await picks(page, 'Data')
  await presses(page, 'Continue')
  await page.getByRole('heading', { name: 'What do you want to ask?' }).waitFor()
  await types(page, 'What do you want to ask?', 'How long do children wait for a scan?')
  await presses(page, 'Continue')
  await page.getByRole('heading', { name: 'Why do you need it?' }).waitFor()
  await types(page, 'What will it help you to do?', 'To speak at the board.')
  await presses(page, 'Continue')
  await page.getByRole('heading', { name: 'Check what you ask' }).waitFor()
  await presses(page, 'Send it')
  await page.getByRole('heading', { name: 'Your request was sent' }).waitFor()
  const path = new URL(page.url()).pathname.replace('/sent', '')
  await looksGood(volunteer, `${path}/sent`)
  await looksGood(sigDeputy, path)

  const answering = await browserOf(browser, sigDeputy, origin, { javaScriptEnabled: false })
  const phone = await answering.newPage()
  await phone.goto(origin + path)
  await types(phone, 'Your answer', 'Six weeks, and we want four.')
  await presses(phone, 'Send the answer')
  await phone.getByText('turn to say whether this answers it').waitFor()
  await looksGood(volunteer, path)

  await page.goto(origin + path)
  await picks(page, 'Yes, this answers it')
  await presses(page, 'Tell them')
  await page.getByText('You said that this answers it.').waitFor()
  for (const shown of [path, `/${slug}/requests`, `/${slug}/requests?show=over`])
    await looksGood(sigMember, shown)
  for (const shown of [`/${slug}/requests/new/group`, `/${slug}/requests/new/why`]) {
    await looksGood(volunteer, shown)
  }
  await looksGood(sigDeputy, `/${slug}/requests/away`)
  await looksGood(network.coordinator, `/${slug}/requests/on-behalf`)
  await looksGood(sigMember, `/${slug}/groups/paediatric/library`)
  await asking.close()
  await answering.close()
}, 120_000)
