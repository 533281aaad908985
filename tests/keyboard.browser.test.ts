import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { aContribution } from '#slices/contributions/for-tests.ts'
import { aPaper } from '#slices/papers/for-tests.ts'
import { aMotion, meetingIs } from '#slices/votes/for-tests.ts'
import { addressOf, browserOf, openBrowser } from './browser.ts'
import { aNetwork, type Someone, type TestNetwork } from './network.ts'
import type { NoScriptPerson } from './person.ts'

// Each journey from the address bar to its end with Tab, Space and Enter, without a mouse and without a script, on a small
// phone (REACH-13; WCAG 2.1.1, 2.1.2). To register and to say something are walked in their own rooms.

let network: TestNetwork
let browser: Browser
let origin: string

beforeAll(async () => {
  network = await aNetwork()
  origin = await addressOf(network.house)
  browser = await openBrowser()
}, 60_000)

/** Somebody at a keyboard. */
class Walk {
  private constructor(private readonly page: Page) {}

  static async by(person: Someone | NoScriptPerson, path: string): Promise<Walk> {
    const context = person.cookieHeader()
      ? await browserOf(browser, person, origin, { javaScriptEnabled: false })
      : await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 700 } })
    const page = await context.newPage()
    await page.goto(origin + path)
    return new Walk(page)
  }

  h1(): Promise<string> {
    return this.page
      .locator('h1')
      .textContent()
      .then(words => words ?? '')
  }
  text(): Promise<string> {
    return this.page
      .locator('main')
      .textContent()
      .then(words => words ?? '')
  }
  valueOf(select: string): Promise<string> {
    return this.page.locator(select).inputValue()
  }
  get path(): string {
    return new URL(this.page.url()).pathname
  }

  /** Tab until the focus is on what is called so, as it is read out. */
  async to(name: string): Promise<void> {
    const passed: string[] = []
    for (let n = 0; n < 90; n += 1) {
      await this.page.keyboard.press('Tab')
      const [at, seen] = await this.page.evaluate<[string, boolean]>(`(() => {
        const each = document.activeElement
        const words = node => (node?.innerText ?? node?.textContent ?? '').trim().replaceAll(/\\s+/g, ' ')
        const box = each.getBoundingClientRect()
        return [each.labels?.length ? words(each.labels[0]) : words(each), box.bottom > 0 && box.top < innerHeight]
      })()`)
      if (at === name || at.startsWith(`${name} `)) {
        expect(seen, `${name} has the focus and is seen`).toBe(true)
        return
      }
      passed.push(at)
    }
    throw new Error(`Tab does not reach “${name}” at ${this.page.url()}: ${passed.slice(0, 60).join(' | ')}`)
  }

  async types(field: string, words: string): Promise<void> {
    await this.to(field)
    await this.page.keyboard.type(words)
  }

  /** A radio: Tab comes to the group, the arrows to the choice. */
  async chooses(first: string, downs = 0): Promise<void> {
    await this.to(first)
    await this.page.keyboard.press('Space')
    for (let n = 0; n < downs; n += 1) await this.page.keyboard.press('ArrowDown')
  }

  async presses(name: string): Promise<void> {
    await this.to(name)
    await Promise.all([this.page.waitForNavigation(), this.page.keyboard.press('Enter')])
    expect(await this.page.evaluate<number>('document.documentElement.scrollWidth'), this.path).toBe(320)
  }

  async ends(): Promise<void> {
    await this.page.context().close()
  }
}

test('REACH-13 LOOP-12 a loop is closed with the keyboard alone, after a mistake that is announced', async () => {
  const { volunteer } = network
  const view = await aContribution(network, { by: volunteer, state: 'fed-back' })
  const walk = await Walk.by(volunteer, view.path)
  await walk.presses('Say whether this closes it for you')
  await walk.presses('Send my answer')
  expect(await walk.text()).toContain('There is a problem')
  await walk.chooses('Yes, this closes it')
  await walk.presses('Send my answer')
  expect(await view.state()).toBe('closed')
  await walk.ends()
})

test('REACH-13 LOOP-17 a group answers a request with the keyboard alone', async () => {
  const { volunteer, sigDeputy, slug } = network
  const asking = await Walk.by(volunteer, `/${slug}/requests/new`)
  await asking.presses('Start')
  await asking.chooses('MRI Special Interest Group', 1)
  await asking.presses('Continue')
  await asking.chooses('Information')
  await asking.presses('Continue')
  await asking.types('What do you want to ask?', 'How long is the wait?')
  await asking.presses('Continue')
  await asking.types('What will it help you to do?', 'To speak at the board.')
  await asking.presses('Continue')
  await asking.presses('Send it')
  expect(await asking.h1()).toContain('Your request was sent')
  const path = asking.path.replace('/sent', '')
  await asking.ends()
  const answering = await Walk.by(sigDeputy, path)
  await answering.types('Your answer', 'Six weeks, and we want four.')
  await answering.presses('Send the answer')
  expect(await answering.text()).toContain('Six weeks, and we want four.')
  await answering.ends()
})

test('REACH-13 BOARD-6 a paper is read and a question on it asked with the keyboard alone', async () => {
  const { volunteer } = network
  const paper = await aPaper(network)
  const walk = await Walk.by(volunteer, paper.meeting.path)
  await walk.presses(`${paper.reference} Shorter waits for scans`)
  expect(await walk.text()).toContain('People wait eleven weeks for a scan of the head.')
  await walk.presses('Ask a question')
  await walk.types('Your question', 'Who works in the evening?')
  await walk.presses('Ask this question')
  expect(await walk.text()).toContain('Who works in the evening?')
  await walk.ends()
})

test('REACH-13 BOARD-14 a vote is given with the keyboard alone, and the arrows choose', async () => {
  await meetingIs(network, 'held')
  const motion = await aMotion(network, { open: true, terms: { manner: 'secret', isSecret: true } })
  const walk = await Walk.by(network.volunteer, motion.path)
  await walk.presses('Vote now')
  await walk.chooses('For', 1)
  await walk.presses('Go on')
  expect(await walk.text()).toContain('Against')
  await walk.presses('Yes, this is my vote')
  expect(await walk.text()).toContain('Your vote is in')
  await walk.ends()
})

test('REACH-13 2.2.1 whoever writes for longer than the session lasts is told so and loses nothing, with the keyboard alone', async () => {
  const { house } = network
  const email = 'slow@example.org'
  const writer = await network.aPerson({
    name: 'Sue Slow',
    email,
    memberships: [{ group: 'board', role: 'volunteer', voting: true, lay: true }],
  })
  const view = await aContribution(network, { by: writer, state: 'fed-back' })
  const words = 'I thought about this for a very long time.'
  const walk = await Walk.by(await writer.signsIn(), view.step('verdict'))
  await walk.chooses('Yes, this closes it', 1)
  await walk.types('What would you like to say?', words)
  // Longer than any session lasts.
  house.clock.set(
    house.clock
      .now()
      .add({ hours: 31 * 24 })
      .toString(),
  )
  await walk.presses('Send my answer')
  expect(await walk.h1()).toBe('You have been signed out')
  expect(await walk.text()).toContain('What you typed is not lost.')
  await walk.presses('Sign in and carry on')
  await walk.types('Your e-mail address', email)
  await walk.presses('Send me a code')
  const code = /\b(\d{6})\b/.exec((await writer.wasTold()).at(-1)!.body)![1]!
  await walk.types('Six-digit code', code)
  await walk.presses('Sign in')
  expect(await walk.h1()).toBe('Does this close the loop for you?')
  expect(await walk.valueOf('textarea')).toBe(words)
  await walk.presses('Send my answer')
  expect(await view.state()).toBe('reopened')
  await walk.ends()
})
