import fc from 'fast-check'
import { afterAll, expect, test, vi } from 'vitest'
import { aBrowser, aNewcomer, aStandingNetwork, asks, newestMail, signsInByCode } from './for-tests.ts'

const network = await aStandingNetwork()
const { slug, house, minutesOn } = network
afterAll(() => void vi.useRealTimers())

const asText = (body: FormData, more: Record<string, string> = {}) =>
  new URLSearchParams({ ...(Object.fromEntries(body) as Record<string, string>), ...more })

const signedIn = async (browser: { opens(path: string): Promise<{ status: number }> }) =>
  (await browser.opens('/account')).status === 200 &&
  (await browser.opens(`/${slug}/account/contact`)).status === 200

test('HOUSE-8 somebody whom a network knows by e-mail signs in with the code and has an account from then on', async () => {
  const nia = await aNewcomer(network)
  const page = await asks(nia.browser, nia.email, `/${slug}/account/contact`)
  expect(page.h1).toBe('Check your e-mail')
  expect(page.text).toContain('10 minutes')
  expect(page.$('input[name=code]').attr('autocomplete')).toBe('one-time-code')
  const told = await nia.person.wasTold()
  expect(told).toHaveLength(1)
  const { code, link, body } = await newestMail(nia.person)
  expect(code).toMatch(/^\d{6}$/)
  expect(link).toContain('/sign-in/link?key=')
  expect(told[0]!.subject).not.toMatch(/\d/)
  expect(body).toContain('10 minutes')
  const inside = await page.fill('Six-digit code', ` ${code.slice(0, 3)} ${code.slice(3)} `).press('Sign in')
  expect(inside.path).toBe(`/${slug}/account/contact`)
  expect(inside.h1).toBe('How we reach you')
  const account = await nia.browser.reads('/account')
  expect(account.text).toContain(nia.email)
  const rows = await house.owner.query('select * from account where email = $1', [nia.email])
  expect(rows.rows).toMatchObject([{ name: 'Nia Newcomer', email_verified: true }])
  // The second time it is the same account.
  await nia.browser.opens('/account').then(seen => seen.press('Sign out'))
  await signsInByCode(nia)
  expect((await house.owner.query('select 1 from account where email = $1', [nia.email])).rowCount).toBe(1)
})

test('HOUSE-8 the link changes nothing when a mail scanner opens it, works once, in any browser, and ends the code', async () => {
  const nia = await aNewcomer(network)
  const codePage = await asks(nia.browser, nia.email)
  const { code, link } = await newestMail(nia.person)
  const scanner = aBrowser(network)
  await scanner.reads(link)
  const scanned = await scanner.reads(link)
  expect(await signedIn(scanner)).toBe(false)
  const phone = aBrowser(network)
  const page = await phone.reads(link)
  expect(page.text).toContain(nia.email)
  await page.press('Sign in')
  expect(await signedIn(phone)).toBe(true)
  expect((await scanner.opens(link)).status).toBe(410)
  expect((await scanned.press('Sign in')).h1).toBe('This link no longer works')
  const late = await codePage.fill('Six-digit code', code).press('Sign in')
  expect(late.status).toBe(422)
  expect(await signedIn(nia.browser)).toBe(false)
})

test('HOUSE-8 the code ends the link of its message', async () => {
  const nia = await aNewcomer(network)
  await signsInByCode(nia)
  expect((await aBrowser(network).opens((await newestMail(nia.person)).link)).status).toBe(410)
})

test('HOUSE-8 an unknown address gets the same bytes for the same number of statements, and no account', async () => {
  const nia = await aNewcomer(network)
  const unknown = 'newcomer-x@example.org'
  const run = async (email: string) => {
    const browser = aBrowser(network)
    const page = await browser.reads('/sign-in')
    const before = house.database.statements.count
    const { to, body } = page.fill('Your e-mail address', email).wouldSend('Send me a code')
    const answer = await browser.raw(to, {
      method: 'POST',
      body: asText(body),
      headers: { origin: 'http://loop.test' },
    })
    const asking = house.database.statements.count - before
    const next = await browser.opens(answer.headers.get('location')!)
    const wrong = await next.fill('Six-digit code', '12345x').press('Sign in')
    const bytes = (html: string) =>
      html.replaceAll(email, 'somebody').replaceAll(/name="_token" value="[^"]*"/g, 'token')
    const cookie = answer.headers.getSetCookie().map(each => each.replace(/=[\w-]+/, '=…'))
    return {
      status: answer.status,
      to: answer.headers.get('location'),
      cookie,
      asking,
      all: house.database.statements.count - before,
      next: bytes(next.html),
      wrong: bytes(wrong.html),
      headers: [...next.headers].filter(([name]) => name !== 'x-request-id'),
    }
  }
  await run('warming-up@example.org')
  expect(await run(unknown)).toEqual(await run(nia.email))
  expect((await nia.person.wasTold()).length).toBe(1)
  expect((await house.owner.query('select 1 from account where email = $1', [unknown])).rowCount).toBe(0)
  expect((await house.owner.query('select 1 from message where address = $1', [unknown])).rowCount).toBe(0)
})

test('HOUSE-8 a code works once, for its own request, within 10 minutes and 5 tries: whatever the order', async () => {
  const step = fc.oneof(
    fc.record({ is: fc.constant('right' as const) }),
    fc.record({ is: fc.constant('wrong' as const), code: fc.stringMatching(/^\d{6}$/) }),
    fc.record({ is: fc.constant('other' as const) }),
    fc.record({ is: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 7 }) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 9 }), async steps => {
      const nia = await aNewcomer(network)
      const other = aBrowser(network)
      await asks(other, nia.email)
      const others = (await newestMail(nia.person)).code
      const page = await asks(nia.browser, nia.email)
      const { code } = await newestMail(nia.person)
      const send = page.wouldSend('Sign in')
      let tries = 0
      let waited = 0
      let used = false
      for (const each of steps) {
        if (each.is === 'wait') {
          minutesOn(each.minutes)
          waited += each.minutes
          continue
        }
        const typed = each.is === 'right' ? code : each.is === 'other' ? others : each.code
        const isRight = typed === code
        const mayWork = isRight && !used && tries < 5 && waited < 10
        const answer = await nia.browser.raw(send.to, {
          method: 'POST',
          body: asText(send.body, { code: typed }),
          headers: { origin: 'http://loop.test' },
        })
        expect(answer.status, JSON.stringify({ each, tries, waited, used })).toBe(mayWork ? 303 : 422)
        if (mayWork) {
          used = true
          nia.browser.forgetsCookies()
          break
        }
        tries += 1
      }
    }),
    { numRuns: 12 },
  )
})

test('HOUSE-8 five wrong tries at the same moment are five tries, and the right code after them is refused', async () => {
  const nia = await aNewcomer(network)
  const page = await asks(nia.browser, nia.email)
  const { code } = await newestMail(nia.person)
  const wrong = code === '000000' ? '000001' : '000000'
  for (let n = 1; n <= 5; n++) {
    const seen = await page.fill('Six-digit code', wrong).press('Sign in')
    expect(seen.status).toBe(422)
    if (n < 5) expect(seen.errors[0]).toContain(5 - n === 1 ? '1 more time' : `${5 - n} more times`)
  }
  const late = await page.fill('Six-digit code', code).press('Sign in')
  expect(late.status).toBe(422)
  expect(late.errors[0]).toContain('no longer works')
})

test('HOUSE-8 of two who send the right code at the same moment, one gets in', async () => {
  const nia = await aNewcomer(network)
  const page = await asks(nia.browser, nia.email)
  const { code } = await newestMail(nia.person)
  const send = page.fill('Six-digit code', code).wouldSend('Sign in')
  const cookie = nia.browser.cookieHeader()
  const answers = await Promise.all(
    [1, 2, 3, 4].map(() =>
      house.app.http.request(
        new Request(`http://loop.test${send.to}`, {
          method: 'POST',
          body: asText(send.body),
          headers: { origin: 'http://loop.test', host: 'loop.test', cookie },
        }),
      ),
    ),
  )
  expect(answers.map(each => each.status).sort()).toEqual([303, 422, 422, 422])
})

test('HOUSE-8 a code of one browser does not work in another', async () => {
  const nia = await aNewcomer(network)
  const thief = aBrowser(network)
  const thiefs = await asks(thief, nia.email)
  await asks(nia.browser, nia.email)
  const { code } = await newestMail(nia.person)
  const seen = await thiefs.fill('Six-digit code', code).press('Sign in')
  expect(seen.status).toBe(422)
  expect(await signedIn(thief)).toBe(false)
})

test('HOUSE-8 neither code nor link stands readable in what waits for them', async () => {
  const nia = await aNewcomer(network)
  await asks(nia.browser, nia.email)
  const { code, link } = await newestMail(nia.person)
  const rows = await house.owner.query('select identifier || value as all from verification')
  const all = rows.rows.map(row => row.all as string).join('\n')
  expect(all).not.toContain(code)
  expect(all).not.toContain(new URL(link, 'http://loop.test').searchParams.get('key'))
})

test('HOUSE-8 a person who chose phone or post still gets the code by e-mail; one with no e-mail reads whom to ring', async () => {
  const nia = await aNewcomer(network, { channel: 'post' })
  await asks(nia.browser, nia.email)
  expect((await nia.person.wasTold())[0]).toMatchObject({ channel: 'email', state: 'waiting' })
  const help = await aBrowser(network).reads(`/sign-in?to=/${slug}/home`)
  expect(help.text).toContain('0121 496 0001')
  expect(help.text).toContain('You never need e-mail')
})

test('HOUSE-8 eleven tries for one address in a quarter of an hour are one too many; another address goes on', async () => {
  const nia = await aNewcomer(network)
  const other = await aNewcomer(network)
  minutesOn(15)
  for (let n = 1; n <= 10; n++) expect((await asks(aBrowser(network), nia.email)).status).toBe(200)
  const refused = await asks(aBrowser(network), nia.email.toUpperCase())
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(refused.text).toMatch(/try again in \d+ minute/)
  expect((await asks(aBrowser(network), other.email)).status).toBe(200)
  minutesOn(15)
  expect((await asks(aBrowser(network), nia.email)).status).toBe(200)
})

test('HOUSE-8 one source cannot try address after address', async () => {
  minutesOn(15)
  const browser = aBrowser(network)
  const page = await browser.reads('/sign-in')
  const statuses: number[] = []
  for (let n = 1; n <= 101; n++) {
    const { to, body } = page
      .fill('Your e-mail address', `nobody-${n}@example.org`)
      .wouldSend('Send me a code')
    statuses.push(
      (
        await browser.raw(to, {
          method: 'POST',
          body: asText(body),
          headers: { origin: 'http://loop.test' },
        })
      ).status,
    )
  }
  expect(new Set(statuses.slice(0, 100))).toEqual(new Set([303]))
  expect(statuses[100]).toBe(429)
  minutesOn(15)
})

test('HOUSE-8 a form from another site cannot ask for a code, sign in or sign out', async () => {
  const nia = await aNewcomer(network)
  const page = await asks(nia.browser, nia.email)
  const { code, link } = await newestMail(nia.person)
  const { body } = page.fill('Six-digit code', code).wouldSend('Sign in')
  const fields = Object.fromEntries([...body].map(([name, value]) => [name, String(value)]))
  const elsewhere: Record<string, string>[] = [
    { origin: 'http://evil.test' },
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'null' },
  ]
  for (const headers of elsewhere) {
    expect((await nia.browser.posts('/sign-in/code', fields, headers)).status).toBe(403)
    expect((await nia.browser.posts('/sign-in', { ...fields, email: nia.email }, headers)).status).toBe(403)
  }
  const { _token: _, ...bare } = fields
  expect((await nia.browser.posts('/sign-in/code', bare)).status).toBe(403)
  const key = new URL(link, 'http://loop.test').searchParams.get('key')!
  expect((await nia.browser.posts('/sign-in/link', { key })).status).toBe(403)
  expect((await nia.person.wasTold()).length).toBe(1)
  expect((await page.fill('Six-digit code', code).press('Sign in')).status).not.toBe(403)
})

test('HOUSE-8 after signing in one lands inside this service only', async () => {
  for (const to of ['//evil.test/x', 'https://evil.test', '/\\evil.test', 'javascript:alert(1)']) {
    const nia = await aNewcomer(network)
    const seen = await signsInByCode(nia, to)
    expect(new URL(seen.path, 'http://loop.test').host).toBe('loop.test')
    expect(seen.path).toBe(`/${slug}/home`)
  }
})

test('HOUSE-8 an address that a network wrote on somebody with an account does not open that account', async () => {
  const nia = await aNewcomer(network)
  await signsInByCode(nia)
  // The team changes the address on file to one of its own.
  await network.inNetwork(tx =>
    tx.updateTable('person').set({ email: 'team@example.org' }).where('id', '=', nia.person.id).execute(),
  )
  const before = (await nia.person.wasTold()).length
  await asks(aBrowser(network), 'team@example.org')
  expect((await nia.person.wasTold()).length).toBe(before)
})

test('HOUSE-8 one sign-in joins each network that knows the address, and no stranger of another network is joined', async () => {
  const nia = await aNewcomer(network)
  const { rows } = await house.owner.query('select id from network where slug = $1', [network.otherSlug])
  await house.owner.query(
    `insert into person (network_id, name, known_as, email, channel, created_at) values ($1, 'Nia Newcomer', 'Nia', $2, 'email', now())`,
    [rows[0].id, nia.email.toUpperCase()],
  )
  await signsInByCode(nia)
  expect((await nia.browser.opens(`/${network.otherSlug}/account/contact`)).status).toBe(200)
  const strangers = await house.owner.query('select account_id from person where id = $1', [
    network.stranger.id,
  ])
  expect(strangers.rows[0].account_id).toBe(network.stranger.accountId)
  expect((await network.stranger.opens(`/${slug}/account/contact`)).status).toBe(404)
})

test('HOUSE-8 no address of the library that stands behind is open', async () => {
  const { visitor } = network
  for (const path of [
    '/api/auth/ok',
    '/api/auth/get-session',
    '/api/auth/sign-in/email',
    '/two-factor/enable',
  ]) {
    expect((await visitor.opens(path)).status).toBe(404)
  }
})
