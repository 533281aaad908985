import { beforeEach, expect, test } from 'vitest'
import { withEyes } from '#slices/concerns/eyes.ts'
import { aConcern } from '#slices/concerns/for-tests.ts'
import { aContribution, doingAs } from '#slices/contributions/for-tests.ts'
import { aNetwork } from '#tests/network.ts'
import { aPushStory, PushBrowser, provenSender } from './for-tests.ts'
import { pushKeys } from './keys.ts'

const network = await aNetwork()
const { service, at, adds, writes, telling, devices, alsoInside } = await aPushStory(network)

beforeEach(() => {
  service.answers(201)
  service.arrived.length = 0
})

test('REACH-15 whoever adds a device sees it, is told on it beside the usual way, in words that give nothing away', async () => {
  const { volunteer, slug } = network
  const before = await volunteer.reads(at())
  expect(before.text).toContain('You have added no device.')
  expect(before.text).toContain('there is something new for you')
  const browser = new PushBrowser(service.origin)
  const added = await adds(volunteer, browser.reach)
  expect(added.text).toContain('This device is added.')
  expect(added.text).toContain('Not told anything yet. It ends when you sign out there.')
  const [row] = await devices(volunteer)
  // Where it is reached stands nowhere to be read.
  expect(JSON.stringify(row)).not.toContain('127.0.0.1')
  expect(JSON.stringify(row)).not.toContain(browser.reach.auth)

  const mine = await aContribution(network, { by: volunteer, state: 'fed-back' })
  expect(await telling()).toBe(1)
  expect(service.arrived.length).toBe(1)
  const [arrived] = service.arrived
  expect(browser.endpoint).toContain(arrived!.path)
  expect(browser.opens(arrived!)).toEqual({
    title: 'First',
    body: 'There is something new for you.',
    to: `/${slug}/home?sign-in`,
    needs: 1,
  })
  expect(arrived!.body.toString('latin1')).not.toMatch(/Vera|First|C-1/)
  expect(arrived!.headers).toMatchObject({ ttl: '86400', topic: 'waiting', 'content-encoding': 'aes128gcm' })
  expect(() => new PushBrowser(service.origin).opens(arrived!)).toThrow()

  const { claims, key } = provenSender(arrived!)!
  expect(key).toBe((await pushKeys(network.house.house)).publicKey)
  expect(claims).toMatchObject({ aud: service.origin, sub: expect.stringMatching(/^(https:|mailto:)/) })
  const hoursLeft = (Number(claims.exp) - Date.now() / 1000) / 3600
  expect(hoursLeft).toBeGreaterThan(0)
  expect(hoursLeft).toBeLessThanOrEqual(24)

  // Its own way is as it was, and several at once are one notification.
  expect((await volunteer.wasTold()).at(-1)).toMatchObject({ channel: 'email' })
  expect(mine.reference).toMatch(/^C-/)
  await writes(volunteer)
  await writes(volunteer)
  expect(await telling()).toBe(1)
  expect(await telling()).toBe(0)
  expect((await volunteer.reads(at())).text).toContain('Last told 9 June 2026, 10am.')
})

test('REACH-15 by phone and by post, too, a device tells that there is something', async () => {
  const person = await network.aPerson({
    name: 'Phil Phone',
    channel: 'phone',
    memberships: [{ group: 'mri', role: 'member' }],
  })
  const browser = new PushBrowser(service.origin)
  await adds(person, browser.reach)
  await writes(person)
  expect((await person.wasTold()).at(-1)).toMatchObject({ channel: 'phone', state: 'by-hand' })
  expect(await telling()).toBe(1)
  expect(browser.opens(service.arrived[0]!)).toMatchObject({ title: 'First' })
})

test('REACH-15 the person alone sees and removes their devices; a stranger finds nothing', async () => {
  const { secondVolunteer, volunteer, stranger, visitor } = network
  await adds(secondVolunteer, new PushBrowser(service.origin).reach)
  const [row] = await devices(secondVolunteer)
  const mine = await secondVolunteer.reads(at())
  for (const who of [volunteer, stranger]) {
    for (const step of ['remove', 'test']) {
      const token = new FormData()
      token.set('_token', (await volunteer.reads(at())).$('input[name="_token"]').first().attr('value')!)
      const answer = await who.posts(`${at()}/${row.id}/${step}`, token)
      expect(answer.status, `${who.name} ${step}`).toBe(404)
    }
  }
  expect((await stranger.opens(at())).status).toBe(404)
  expect((await visitor.opens(at())).status).toBe(404)
  const tried = await mine.press('Send a test to A device we do not know')
  expect(tried.text).toContain('A test is on its way.')
  expect(await telling()).toBe(1)
  const gone = await (await secondVolunteer.reads(at())).press('Remove A device we do not know')
  expect(gone.text).toContain('That device is removed.')
  await writes(secondVolunteer)
  expect(await telling()).toBe(0)
})

test('REACH-15 without a script, or where the browser says no, the page says what is needed', async () => {
  const { sigMember } = network
  const page = await sigMember.reads(at())
  expect(page.text).toContain('JavaScript must be on')
  const none = await page.press('Tell me on this device')
  expect(none.status).toBe(422)
  expect(none.errors[0]).toContain('This needs JavaScript')
  for (const [problem, words] of [
    ['denied', 'Allow notifications for this site in its settings'],
    ['unsupported', 'This browser cannot show notifications'],
    ['AbortError', 'just now. Try again later'],
    ['SomethingElse', 'or use another browser'],
  ]) {
    expect((await adds(sigMember, { problem: problem! })).errors[0]).toContain(words)
  }
  const { endpoint, p256dh, auth } = new PushBrowser(service.origin).reach
  for (const wrong of [
    { endpoint, p256dh: 'AAAA', auth },
    { endpoint, p256dh, auth: 'AAAA' },
    { endpoint, p256dh: Buffer.alloc(65, 4).toString('base64url'), auth },
  ]) {
    expect((await adds(sigMember, wrong)).errors[0]).toContain('an address that we cannot use')
  }
  // Nobody makes this service knock at doors inside.
  alsoInside(false)
  for (const inside of [
    'http://push.example.org/x',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://10.1.2.3/x',
    'https://db/x',
    'javascript:1',
  ]) {
    const refused = await adds(sigMember, { endpoint: inside, p256dh, auth })
    expect(refused.errors[0], inside).toContain('an address that we cannot use')
  }
  alsoInside(true)
  expect(await devices(sigMember)).toEqual([])
})

test('REACH-15 SAFE-1 R42 of a concern, a private word and a code to sign in no device hears anything', async () => {
  const { portfolioManager, slug } = network
  await adds(portfolioManager, new PushBrowser(service.origin).reach)
  await aConcern(network, { by: network.volunteer, reader: portfolioManager })
  expect(
    (await network.house.owner.query(`select count(*) from message where about_kind = 'concern'`)).rows[0]
      .count,
  ).toBe('1')
  await doingAs(network, network.coordinator, doing =>
    withEyes(doing.tx, { personId: portfolioManager.id }, () =>
      writes(portfolioManager, 'own-space-private', doing),
    ),
  )
  await writes(portfolioManager, 'sign-in')
  expect((await devices(portfolioManager))[0].due_at).toBeNull()
  expect(await telling()).toBe(0)
  // Nor is it in any number: not beside "Home", not on the icon.
  const home = await portfolioManager.reads(`/${slug}/home`)
  expect(home.text).toContain('Something private for you to read')
  const shown = Number(home.$('[data-device]').attr('data-needs'))
  await writes(portfolioManager)
  expect(await telling()).toBe(1)
  const lines = home.$('main .nhsuk-task-list').first().find('li').length
  expect(shown).toBe(lines - 1)
})

test('REACH-15 R5 R8 devices are in one’s own data, and gone with whoever leaves', async () => {
  const { house, slug } = network
  const person = await network.aPerson({
    name: 'Lee Leaver',
    memberships: [{ group: 'mri', role: 'volunteer' }],
  })
  await adds(person, new PushBrowser(service.origin).reach)
  const data = await person.reads(`/${slug}/account/my-data`)
  expect(data.text).toContain('Devices that tell you')
  const leaving = house.app.slices.find(each => each.name === 'notifications')!.leaving!
  await doingAs(network, person, doing =>
    leaving.leave(doing, person.id, { answersWanted: true, views: 'as-they-are' }),
  )
  expect(await devices(person)).toEqual([])
})

test('REACH-15 a network’s pages can be put beside other apps: name, start and icons', async () => {
  const { visitor, slug, volunteer } = network
  const front = await visitor.reads(`/${slug}`)
  const href = front.$('link[rel="manifest"]').attr('href')!
  expect(href).toBe(`/${slug}/manifest.webmanifest`)
  const answer = await visitor.raw(href)
  expect(answer.headers.get('content-type')).toContain('application/manifest+json')
  const manifest = JSON.parse(await answer.text())
  expect(manifest).toMatchObject({
    short_name: 'First',
    start_url: `/${slug}/home?sign-in`,
    scope: '/',
    display: 'standalone',
    theme_color: front.$('meta[name="theme-color"]').attr('content'),
  })
  expect(
    manifest.icons.map((each: { sizes: string; purpose: string }) => `${each.sizes} ${each.purpose}`),
  ).toEqual(['192x192 any', '512x512 any', '192x192 maskable', '512x512 maskable'])
  for (const { src } of [...manifest.icons, { src: front.$('link[rel="apple-touch-icon"]').attr('href')! }]) {
    const icon = await visitor.raw(src)
    expect(icon.headers.get('content-type'), src).toBe('image/png')
    expect(icon.headers.get('cache-control'), src).toContain('immutable')
  }
  // Signed out it asks to sign in, and signed in it opens at what needs you.
  expect((await visitor.opens(manifest.start_url)).h1).toBe('Sign in')
  expect((await volunteer.opens(manifest.start_url)).h1).toBe('Hello Vera')
  const worker = await visitor.raw('/sw.js')
  expect(worker.headers.get('content-type')).toContain('text/javascript')
  expect(worker.headers.get('cache-control')).toBe('no-cache')
  // It keeps no page.
  expect(await worker.text()).not.toMatch(/caches|indexedDB|localStorage/)
  expect((await visitor.opens('/no-such-network/manifest.webmanifest')).status).toBe(404)
})
