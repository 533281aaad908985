import { serve } from '@hono/node-server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Hospital, Member } from '#tests/hospital.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import type { NoScriptPerson } from '#tests/person.ts'
import { aBrowser, aHospital, connects, newestCode, setsUp, startIn } from './for-tests.ts'
import { recheck } from './recheck.ts'

let network: TestNetwork
let hospital: Hospital
beforeAll(async () => {
  network = await aNetwork()
  const { app } = network.house
  const server = await new Promise<ReturnType<typeof serve>>(resolve => {
    const made = serve({ fetch: app.http.fetch, hostname: '127.0.0.1', port: 0 }, () => resolve(made))
  })
  afterAll(() => new Promise<void>(resolve => void server.close(() => resolve())))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const backchannel = `http://127.0.0.1:${port}/${network.slug}/sign-in/elsewhere/signed-out`
  hospital = await aHospital(network, { backchannel })
})
beforeEach(async () => {
  Object.assign(hospital, { isDown: false, clockAhead: 0 })
  hospital.gives.refreshTokens = false
  await network.house.owner.query('truncate rate_window')
})

let count = 0
async function somebody(
  wish: Parameters<TestNetwork['aPerson']>[0] = {},
  claims: Partial<Member> = {},
): Promise<{ person: Someone; member: Member }> {
  const email = `stays-${++count}@nhs.example`
  const person = await network.aPerson({
    email,
    memberships: [{ group: 'board', role: 'volunteer' }],
    ...wish,
  })
  return { person, member: { sub: `stays-${count}`, claims: { email, email_verified: true }, ...claims } }
}

/** Signed in by their hospital alone, in a browser of their own. */
async function inside(person: Someone, member: Member): Promise<NoScriptPerson> {
  hospital.now = member
  const first = aBrowser(network)
  await connects(network, hospital, person, first)
  const browser = aBrowser(network)
  expect((await hospital.through(browser, startIn(network))).status).toBe(200)
  return browser
}

const home = () => `/${network.slug}/home`
const minutesOn = (minutes: number) =>
  network.house.clock.set(network.house.clock.now().add({ minutes }).toString())
const sessionsOf = async (person: Someone) =>
  (
    await network.house.owner.query(
      'select id from session where account_id = $1 and elsewhere_id is not null',
      [person.accountId],
    )
  ).rows.length

test('REACH-9 where the hospital lets us ask, a person who left loses the session within the hour', async () => {
  hospital.gives.refreshTokens = true
  const { person, member } = await somebody()
  const browser = await inside(person, member)
  const both = await sessionsOf(person)
  minutesOn(31)
  await browser.reads(home())
  await recheck(network.house.house)
  // Still there: nobody is asked anything for another hour.
  minutesOn(45)
  await browser.reads(home())
  await recheck(network.house.house)
  minutesOn(20)
  await browser.reads(home())
  expect(await sessionsOf(person)).toBe(both)
  hospital.leaves(member.sub)
  minutesOn(15)
  await browser.reads(home())
  await recheck(network.house.house)
  expect(await sessionsOf(person)).toBe(both - 1)
  expect((await browser.opens(home())).status).toBe(404)
})

test('REACH-9 a provider that is down signs nobody out for some minutes, and keeps nobody in for more than the hour', async () => {
  hospital.gives.refreshTokens = true
  const { person, member } = await somebody()
  const browser = await inside(person, member)
  hospital.isDown = true
  minutesOn(40)
  await browser.reads(home())
  await recheck(network.house.house)
  await browser.reads(home())
  minutesOn(21)
  await recheck(network.house.house)
  const away = await browser.opens(home())
  expect(away.status).toBe(503)
  expect(away.h1).toBe('NHS.net does not answer')
  // Signed out, and what anybody may read can be read.
  expect((await browser.opens(home())).status).toBe(404)
  expect((await browser.reads(`/${network.slug}`)).status).toBe(200)
})

test('REACH-9 without that, the browser asks once an hour and nobody notices; whoever left is signed out', async () => {
  const { person, member } = await somebody()
  const browser = await inside(person, member)
  minutesOn(61)
  const asked = await browser.opens(`/${network.slug}/meetings?year=2026`)
  expect(asked.status).toBe(302)
  expect(new URL(asked.headers.get('location')!).searchParams.get('prompt')).toBe('none')
  const before = browser.cookieHeader().match(/loop=[^;]+/)![0]
  const back = await browser.opens(await hospital.passes(browser, asked.headers.get('location')!))
  expect([back.status, back.path]).toEqual([200, `/${network.slug}/meetings?year=2026`])
  expect(browser.cookieHeader()).toContain(before)
  await browser.reads(home())
  // What a script asks for is not led to another service.
  minutesOn(61)
  expect((await browser.opens(home(), { 'sec-fetch-mode': 'cors' })).status).toBe(404)
  hospital.leaves(member.sub)
  hospital.forgets(browser)
  const again = await browser.opens(home())
  const out = await browser.opens(await hospital.passes(browser, again.headers.get('location')!))
  expect(out.h1).toBe('Sign in again')
  expect((await browser.opens(home())).status).toBe(404)
})

test('REACH-9 words that were typed while the hour ended are kept, and somebody else’s sign-in does not go on', async () => {
  const { person, member } = await somebody()
  const browser = await inside(person, member)
  const form = (await browser.reads(`/${network.slug}/contributions/new/kind`)).choose('An idea')
  const words = await form.press('Carry on')
  minutesOn(61)
  const late = await words.fill('In your own words', 'Warm the waiting room.').press('Carry on')
  expect(late.status).toBe(401)
  expect(late.text).toContain('What you typed is not lost')
  const asked = await late.follow('Sign in and carry on')
  const back = await browser.opens(await hospital.passes(browser, asked.headers.get('location')!))
  expect(back.html).toContain('Warm the waiting room.')
  // Another person sits there now: the session of the first does not become theirs.
  const second = await somebody()
  await inside(second.person, second.member)
  minutesOn(61)
  hospital.forgets(browser)
  hospital.now = second.member
  const again = await browser.opens(home())
  const location = again.headers.get('location')!.replace('prompt=none', 'prompt=login')
  const out = await browser.opens(await hospital.passes(browser, location))
  expect(out.h1).toBe('Sign in again')
})

test('REACH-9 a person whose place ends here loses the session at once', async () => {
  const { person, member } = await somebody()
  const browser = await inside(person, member)
  await network.inNetwork(tx =>
    tx
      .updateTable('membership')
      .set({ to_on: network.house.clock.today().subtract({ days: 1 }) })
      .where('person_id', '=', person.id)
      .execute(),
  )
  await network.house.runDue()
  expect(await sessionsOf(person)).toBe(0)
  expect((await browser.opens(home())).status).toBe(404)
})

test('REACH-9 signing out here offers to sign out there; signing out there signs out here', async () => {
  const { person, member } = await somebody()
  const browser = await inside(person, member)
  const page = await browser.reads(home())
  const out = await page.press('Sign out')
  expect(out.h1).toBe('You are signed out')
  expect((await browser.opens(home())).status).toBe(404)
  const leads = await out.follow('Sign out of NHS.net, too')
  const there = new URL(leads.headers.get('location')!)
  expect(there.searchParams.get('id_token_hint')).toMatch(/^ey/)
  const done = await browser.opens(await hospital.passes(browser, there.href))
  expect(done.text).toContain('You are signed out here and with NHS.net.')
  // Whoever begins again is asked there, too.
  hospital.now = undefined
  expect((await hospital.through(browser, startIn(network))).h1).toBe('You are not signed in')

  // Signed out there, in another window: every session that began with it ends, and no other.
  hospital.now = member
  const second = aBrowser(network)
  await hospital.through(second, startIn(network))
  await second.reads(home())
  const fromThere = await hospital.passes(
    second,
    `${hospital.issuer}/session/end?client_id=${hospital.client}&post_logout_redirect_uri=${encodeURIComponent(`http://loop.test/${network.slug}/sign-in/elsewhere/signed-out`)}`,
  )
  expect(fromThere).toContain('/signed-out')
  for (let n = 0; n < 50 && (await second.opens(home())).status !== 404; n++)
    await new Promise(resolve => setTimeout(resolve, 50))
  expect((await second.opens(home())).status).toBe(404)
  await person.reads(home())
})

test('REACH-9 a message that says somebody signed out is taken from the provider alone', async () => {
  const { person, member } = await somebody()
  const browser = await inside(person, member)
  const at = `/${network.slug}/sign-in/elsewhere/signed-out`
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = {
    iss: hospital.issuer,
    aud: hospital.client,
    sub: member.sub,
    iat: Math.floor(Date.now() / 1000),
    jti: 'one',
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  }
  for (const token of [
    '',
    'no.token.at-all',
    `${part({ alg: 'none' })}.${part(claims)}.`,
    `${part({ alg: 'none' })}.${part(claims)}.AAAA`,
    `${part({ alg: 'HS256' })}.${part(claims)}.AAAA`,
    `${part({ alg: 'RS256' })}.${part(claims)}.AAAA`,
  ]) {
    const answer = await browser.raw(at, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: token }),
    })
    expect(answer.status, token).toBe(400)
  }
  await browser.reads(home())
  expect((await browser.raw(at.replace(network.slug, network.otherSlug), { method: 'POST' })).status).toBe(
    404,
  )
})

test('REACH-9 the second proof of a post is the hospital’s only if the network asks it for two and it says so', async () => {
  const mfa = { amr: ['pwd', 'otp'] }
  const { person, member } = await somebody({ posts: ['co-ordinator'], memberships: [] }, mfa)
  hospital.now = member
  const first = aBrowser(network)
  const asked = await hospital.through(first, startIn(network))
  const half = await asked.fill('Six-digit code', await newestCode(person)).press('Connect and sign in')
  // It says so, but nobody asked for it: ours is asked.
  expect(half.h1).toBe('Make your account safer')

  await setsUp(network, hospital, { assurance: 'It must ask for two proofs' })
  const browser = aBrowser(network)
  expect((await hospital.through(browser, startIn(network))).status).toBe(200)
  expect((await browser.reads(`/${network.slug}/team`)).status).toBe(200)
  hospital.now = { ...member, amr: ['pwd'] }
  const weak = await hospital.through(aBrowser(network), startIn(network))
  expect([weak.status, weak.h1]).toEqual([403, 'NHS.net is not sure enough'])
  await setsUp(network, hospital)
})

test('REACH-9 switched off, it is no way in, and whoever is in by it signs in again within the hour', async () => {
  const { person, member } = await somebody()
  const browser = await inside(person, member)
  const page = await network.administrator
    .signsIn()
    .then(each => each.reads(`/${network.slug}/team/connections/hospital-sign-in`))
  const off = await page.press('Switch it off')
  expect((await browser.opens(startIn(network))).status).toBe(404)
  expect((await browser.reads(`/sign-in?to=${home()}`)).hasLink('Sign in with NHS.net')).toBe(false)
  minutesOn(61)
  expect((await browser.opens(home())).h1).toBe('Sign in')
  await (await network.administrator.signsIn()).reads(home())
  await off.press('Switch it on again')
})
