import { vi } from 'vitest'
import { testNow } from '#tests/house.ts'
import { aNetwork, type PersonWish, type Someone, type TestNetwork } from '#tests/network.ts'
import { NoScriptPerson, type SeenPage } from '#tests/person.ts'

/** A network in which time stands still for codes, too, and can be moved for all of them together. */
export async function aStandingNetwork(): Promise<TestNetwork & { minutesOn(minutes: number): void }> {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(testNow) })
  const network = await aNetwork()
  return Object.assign(network, {
    minutesOn(minutes: number) {
      const now = network.house.clock.now().add({ minutes })
      network.house.clock.set(now.toString())
      vi.setSystemTime(new Date(now.epochMilliseconds))
    },
  })
}

/** Somebody whose messages can be read. */
export interface Told {
  wasTold(): Promise<
    readonly { kind: string; body: string; channel: string; state: string; subject: string }[]
  >
}

export interface Newcomer {
  readonly person: Told & Pick<Someone, 'id'>
  readonly email: string
  readonly browser: NoScriptPerson
}

let counter = 0

/** Known to the network by an e-mail address, without an account, in a browser of their own. */
export async function aNewcomer(network: TestNetwork, wish: PersonWish = {}): Promise<Newcomer> {
  const email = `newcomer-${++counter}@example.org`
  const person = await network.aPerson({ name: 'Nia Newcomer', email, signsIn: false, ...wish })
  return { person, email, browser: aBrowser(network) }
}

export const aBrowser = (network: TestNetwork) => new NoScriptPerson(network.house.app)

/** From `/sign-in` to the page that wants the code. */
export async function asks(browser: NoScriptPerson, email: string, to = ''): Promise<SeenPage> {
  const page = await browser.reads(to ? `/sign-in?to=${encodeURIComponent(to)}` : '/sign-in')
  return await page.fill('Your e-mail address', email).press('Send me a code')
}

/** What the newest message to this person says. */
export async function newestMail(person: Told): Promise<{ code: string; link: string; body: string }> {
  const told = (await person.wasTold()).filter(each => each.kind === 'sign-in')
  const body = told.at(-1)?.body ?? ''
  return {
    body,
    code: /\b\d{6}\b/.exec(body)?.[0] ?? 'no code',
    link: /http:\/\/loop\.test(\/sign-in\/link\S+)/.exec(body)?.[1] ?? '/no-link',
  }
}

/** All the way in, with the code. */
export async function signsInByCode(
  newcomer: Pick<Newcomer, 'email' | 'browser'> & { person: Told },
  to = '',
): Promise<SeenPage> {
  const page = await asks(newcomer.browser, newcomer.email, to)
  return await page.fill('Six-digit code', (await newestMail(newcomer.person)).code).press('Sign in')
}
