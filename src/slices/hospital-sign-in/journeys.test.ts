import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Hospital, Member } from '#tests/hospital.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import { aBrowser, aHospital, connects, newestCode, startIn } from './for-tests.ts'

let network: TestNetwork
let hospital: Hospital
let other: TestNetwork
beforeAll(async () => {
  network = await aNetwork()
  hospital = await aHospital(network)
  other = await aNetwork(network.house)
})
beforeEach(async () => {
  Object.assign(hospital, { clockAhead: 0, isDown: false, says: undefined, signsWithStrangeKey: false })
  hospital.gives.refreshTokens = false
  await network.house.owner.query('truncate rate_window')
})

let count = 0
/** Known to the network and, by the same checked address, to the hospital. */
async function somebody(
  wish: Parameters<TestNetwork['aPerson']>[0] = {},
): Promise<{ person: Someone; member: Member; email: string }> {
  const email = `staff-${++count}@nhs.example`
  const person = await network.aPerson({
    name: 'Hana Hospital',
    email,
    memberships: [{ group: 'board', role: 'volunteer' }],
    ...wish,
  })
  return { person, email, member: { sub: `sub-${count}`, claims: { email, email_verified: true } } }
}

const links = async () =>
  (await network.house.owner.query('select * from sign_in_method order by created_at')).rows
const audited = async (action: string) =>
  (
    await network.house.owner.query('select by_person_id from audit where action = $1 and network_id = $2', [
      action,
      network.id,
    ])
  ).rows.map(each => each.by_person_id)

test('REACH-9 somebody signs in with their hospital: a code the first time, nothing to type from then on', async () => {
  const { person, member } = await somebody()
  hospital.now = member
  const browser = aBrowser(network)
  const signIn = await browser.reads(`/sign-in?to=/${network.slug}/meetings`)
  const out = await signIn.follow('Sign in with NHS.net')
  expect(out.status).toBe(302)
  const asked = new URL(out.headers.get('location')!)
  expect(asked.searchParams.get('code_challenge_method')).toBe('S256')
  expect(asked.searchParams.get('state')!.length).toBeGreaterThan(30)
  expect(asked.searchParams.get('nonce')!.length).toBeGreaterThan(30)
  // What the browser carries for us tells nothing.
  expect(browser.cookieHeader()).not.toContain(asked.searchParams.get('nonce')!)
  const back = await browser.opens(await hospital.passes(browser, asked.href))
  expect(back.h1).toBe('Check your e-mail')
  // Coming back alone opens nothing.
  expect((await browser.opens(`/${network.slug}/home`)).status).toBe(404)
  expect(await links()).toEqual([])
  const wrong = await back.fill('Six-digit code', '000000').press('Connect and sign in')
  expect(wrong.status).toBe(422)
  const inside = await wrong.fill('Six-digit code', await newestCode(person)).press('Connect and sign in')
  expect(inside.path).toBe(`/${network.slug}/meetings`)
  expect(inside.status).toBe(200)
  const told = (await person.wasTold()).filter(each => each.kind === 'account-changed')
  expect(told.at(-1)?.body).toContain('From now on you can sign in with NHS.net.')

  const later = aBrowser(network)
  const home = await hospital.through(later, startIn(network))
  expect(home.path).toBe(`/${network.slug}/home`)
  expect(home.status).toBe(200)
  expect(await audited('sign-in-linked')).toEqual([person.id])
  expect(await audited('signed-in-elsewhere')).toEqual([person.id, person.id])
  // The number there decides: another address changes nothing, and another number with this address is nobody yet.
  hospital.comesBack({ ...member, claims: { email: 'married@nhs.example', email_verified: true } })
  hospital.now = { ...member, claims: { email: 'married@nhs.example', email_verified: true } }
  expect((await hospital.through(aBrowser(network), startIn(network))).status).toBe(200)
  hospital.now = { ...member, sub: 'somebody-else' }
  expect((await hospital.through(aBrowser(network), startIn(network))).h1).toBe('Check your e-mail')
  // A stranger’s network has no such sign-in.
  expect((await browser.opens(`/${other.slug}/sign-in/elsewhere`)).status).toBe(404)
  expect(
    (await aBrowser(network).reads(`/sign-in?to=/${other.slug}/home`)).hasLink('Sign in with NHS.net'),
  ).toBe(false)
})

test('REACH-9 nobody is let in or made by an address alone: not checked, unknown, or of two people', async () => {
  const before = await network.house.owner.query(
    'select (select count(*) from person) as people, (select count(*) from account) as accounts',
  )
  const browser = aBrowser(network)
  hospital.now = { sub: 'unknown', claims: { email: 'nobody@nhs.example', email_verified: true } }
  const unknown = await hospital.through(browser, startIn(network))
  expect([unknown.status, unknown.h1]).toEqual([403, 'We do not know you here yet'])
  expect(unknown.hasLink('Register your interest')).toBe(true)
  expect((await browser.opens(`/${network.slug}/sign-in/elsewhere/confirm`)).h1).not.toBe('Check your e-mail')

  const { person, email } = await somebody()
  hospital.now = { sub: 'typed-in', claims: { email, email_verified: false } }
  const typed = await hospital.through(aBrowser(network), startIn(network))
  expect([typed.status, typed.h1]).toEqual([403, 'We need an address that is checked'])
  expect((await person.wasTold()).length).toBe(0)

  // One has it for signing in, and another as the address that the network writes to.
  await network.inNetwork(tx =>
    tx.updateTable('person').set({ email: null }).where('id', '=', person.id).execute(),
  )
  await network.aPerson({ name: 'Holly Housemate', email, signsIn: false })
  hospital.now = { sub: 'one-of-two', claims: { email, email_verified: true } }
  const two = await hospital.through(aBrowser(network), startIn(network))
  expect([two.status, two.h1]).toEqual([403, 'More than one person has this address'])
  expect((await person.wasTold()).length).toBe(0)

  // Somebody wrote the address of a stranger into the file of a person who has an account of their own.
  const own = await somebody()
  await network.inNetwork(tx =>
    tx.updateTable('person').set({ email: 'thief@nhs.example' }).where('id', '=', own.person.id).execute(),
  )
  hospital.now = { sub: 'thief', claims: { email: 'thief@nhs.example', email_verified: true } }
  expect((await hospital.through(aBrowser(network), startIn(network))).h1).toBe('We do not know you here yet')
  const after = await network.house.owner.query(
    'select (select count(*) from person) as people, (select count(*) from account) as accounts',
  )
  expect(Number(after.rows[0].people)).toBe(Number(before.rows[0].people) + 3)
  expect(Number(after.rows[0].accounts)).toBe(Number(before.rows[0].accounts) + 2)
})

test('REACH-9 an answer counts once, in the browser that asked, and for what it asked', async () => {
  const { person, member } = await somebody()
  hospital.now = member
  const browser = aBrowser(network)
  await connects(network, hospital, person, browser)
  const out = await aStart(browser)
  const back = await hospital.passes(browser, out)
  // In another browser, with a changed state, or twice: nothing.
  const thief = aBrowser(network)
  expect((await thief.opens(back)).h1).toBe('Begin again')
  expect((await browser.opens(back.replace(/state=[^&]+/, 'state=another'))).h1).toBe('Begin again')
  const cookies = browser.cookieHeader()
  expect((await browser.opens(back)).status).toBe(200)
  const replayed = await network.house.app.http.request(
    new Request(`http://loop.test${back}`, { headers: { host: 'loop.test', cookie: cookies } }),
  )
  expect(replayed.status).toBe(400)
  // Two windows that each began one: both come back.
  const two = aBrowser(network)
  const [one, another] = [await aStart(two), await aStart(two)]
  expect((await two.opens(await hospital.passes(two, one))).status).toBe(200)
  expect((await two.opens(await hospital.passes(two, another))).status).toBe(200)
  // Begun in this network, it counts in no other.
  expect((await two.opens(back.replace(network.slug, other.slug))).status).toBe(404)
})

async function aStart(browser: ReturnType<typeof aBrowser>): Promise<string> {
  return (await browser.opens(startIn(network))).headers.get('location')!
}

test.each([
  [
    'a token for another service',
    (claims: object) => ({ ...claims, aud: 'another-service' }),
    'We cannot trust what NHS.net says',
  ],
  [
    'a nonce that is not ours',
    (claims: object) => ({ ...claims, nonce: 'replayed' }),
    'We cannot trust what NHS.net says',
  ],
  [
    'another issuer',
    (claims: object) => ({ ...claims, iss: 'https://evil.example' }),
    'We cannot trust what NHS.net says',
  ],
  [
    'an old token',
    (claims: object) => ({ ...claims, exp: Date.now() / 1000 - 600 }),
    'We cannot trust what NHS.net says now',
  ],
])('REACH-9 %s is not taken, and the page says in words what to do', async (_, says, title) => {
  hospital.now = (await somebody()).member
  hospital.says = says
  const refused = await hospital.through(aBrowser(network), startIn(network))
  expect([refused.status, refused.h1]).toEqual([502, title])
  expect(refused.hasLink('Sign in with a code by e-mail')).toBe(true)
  expect(refused.text).not.toMatch(/jwt|oauth|nonce|aud\b/i)
})

test('REACH-9 a clock that is wrong, a strange signature, a new key, and a provider that is down', async () => {
  const { person, member } = await somebody()
  hospital.now = member
  await connects(network, hospital, person, aBrowser(network))
  for (const minutes of [10, -90]) {
    hospital.clockAhead = minutes
    const browser = aBrowser(network)
    const refused = await hospital.through(browser, startIn(network))
    expect([minutes, refused.status, refused.h1]).toEqual([
      minutes,
      502,
      'We cannot trust what NHS.net says now',
    ])
    expect(refused.text).toContain('Its clock and ours differ')
    expect((await browser.opens(`/${network.slug}/home`)).status).toBe(404)
  }
  hospital.clockAhead = 1
  expect((await hospital.through(aBrowser(network), startIn(network))).status).toBe(200)
  hospital.clockAhead = 0
  hospital.signsWithStrangeKey = true
  expect((await hospital.through(aBrowser(network), startIn(network))).h1).toBe(
    'We cannot trust what NHS.net says',
  )
  hospital.signsWithStrangeKey = false
  // Nobody notices a new key, also within the minutes in which its page is remembered.
  hospital.rotatesKey()
  expect((await hospital.through(aBrowser(network), startIn(network))).status).toBe(200)
  const browser = aBrowser(network)
  const out = await aStart(browser)
  const back = await hospital.passes(browser, out)
  hospital.isDown = true
  const down = await browser.opens(back)
  expect([down.status, down.h1]).toEqual([503, 'NHS.net does not answer'])
  expect(down.hasLink('Sign in with a code by e-mail')).toBe(true)
  // What is logged names no person and holds no token.
  const logged = network.house.logged.join('\n')
  expect(logged).toContain('hospital sign-in')
  expect(logged).not.toContain(member.sub)
  expect(logged).not.toContain('@nhs.example')
})

test('REACH-9 whoever stops on the way is told so and nothing is changed', async () => {
  hospital.now = undefined
  const browser = aBrowser(network)
  const back = await hospital.through(browser, startIn(network, `/${network.slug}/meetings`))
  expect([back.status, back.h1]).toEqual([200, 'You are not signed in'])
  expect((await back.follow('Sign in with a code by e-mail')).h1).toBe('Sign in')
  const broken = await browser.opens(`/${network.slug}/sign-in/elsewhere/back?error=server_error`)
  expect(broken.h1).toBe('Begin again')
})

test('REACH-9 one network’s hospital opens that network alone, and no way into the account', async () => {
  const { person, member } = await somebody()
  // The same account has a place in another network, too.
  await network.house.database.network(
    Number(
      (await network.house.owner.query('select id from network where slug = $1', [other.slug])).rows[0].id,
    ),
    async tx => {
      const row = await tx
        .insertInto('person')
        .values({
          network_id: other.id,
          account_id: person.accountId!,
          name: person.fullName,
          known_as: 'Hana',
          email: null,
          phone: null,
          postal_address: null,
          channel: 'email',
          demo_key: null,
          created_at: network.house.clock.now(),
          left_on: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await tx
        .insertInto('post_holding')
        .values({
          network_id: other.id,
          person_id: row.id,
          post: 'administrator',
          from_on: network.house.clock.today(),
          to_on: null,
        })
        .execute()
    },
  )
  hospital.now = member
  await network.house.owner.query('delete from session where account_id = $1', [person.accountId])
  const first = aBrowser(network)
  const asked = await hospital.through(first, startIn(network))
  // A post anywhere asks for a second proof, as always.
  const half = await asked.fill('Six-digit code', await newestCode(person)).press('Connect and sign in')
  expect(half.h1).toBe('Make your account safer')

  const browser = aBrowser(network)
  const sent = await hospital.through(browser, startIn(network))
  // Their hospital alone adds no way in: first a code of ours.
  expect(sent.h1).toBe('Show that it is you')
  const hidden = sent.wouldSend('Send me a code by e-mail')
  expect((await browser.opens('/account/passkeys/new')).h1).toBe('Show that it is you')
  expect((await browser.opens('/account')).h1).not.toBe('Your account')
  expect((await browser.opens(`/${other.slug}/home`)).h1).toBe('Show that it is you')
  expect((await browser.posts('/sign-in/second-factor/app/start', hidden.body)).h1).toBe(
    'Show that it is you',
  )
  expect(
    (await network.house.owner.query('select 1 from second_factor where account_id = $1', [person.accountId]))
      .rows,
  ).toEqual([])
  const code = await sent.press('Send me a code by e-mail')
  const proven = await code.fill('Six-digit code', await newestCode(person)).press('Continue')
  expect(proven.h1).toBe('Make your account safer')
})

test('REACH-9 a volunteer’s account opens after one code of ours, and the session stays the same one', async () => {
  const { person, member } = await somebody()
  hospital.now = member
  await connects(network, hospital, person, aBrowser(network))
  const browser = aBrowser(network)
  await hospital.through(browser, startIn(network))
  const before = browser.cookieHeader()
  // What is private asks for a proof of their own, which nobody at work can give for them.
  expect((await browser.opens(`/${network.slug}/concerns/new`)).h1).toBe('Show that it is you')
  const gate = await browser.opens('/account')
  expect(gate.h1).toBe('Show that it is you')
  const code = await gate.press('Send me a code by e-mail')
  const account = await code.fill('Six-digit code', await newestCode(person)).press('Continue')
  expect(account.h1).toBe('Your account')
  expect(browser.cookieHeader()).toBe(before)
  // Here it is taken away again; the sessions that began there end.
  const removed = await account.press('Remove NHS.net')
  expect(removed.h1).toBe('Sign in')
  expect(await audited('sign-in-unlinked')).toEqual([person.id])
  hospital.now = member
  expect((await hospital.through(aBrowser(network), startIn(network))).h1).toBe('Check your e-mail')
})

test('REACH-9 whoever is signed in connects by pressing a button, and only with their own address', async () => {
  const { person, member } = await somebody()
  hospital.now = { ...member, sub: 'not-hers', claims: { email: 'else@nhs.example', email_verified: true } }
  const account = await person.reads('/account')
  const away = await account.follow('Connect NHS.net')
  const differ = await person.opens(await hospital.passes(person, away.headers.get('location')!))
  expect([differ.status, differ.h1]).toEqual([403, 'Your addresses differ'])
  hospital.forgets(person)
  hospital.now = member
  const again = await account.follow('Connect NHS.net')
  const confirm = await person.opens(await hospital.passes(person, again.headers.get('location')!))
  expect(confirm.h1).toBe('Connect NHS.net')
  // Looking changes nothing.
  expect((await links()).some(each => each.provider_account_id === member.sub)).toBe(false)
  const sent = confirm.wouldSend('Connect NHS.net')
  const connected = await confirm.press('Connect NHS.net')
  expect(connected.text).toContain('You can sign in with NHS.net')
  expect((await person.posts(sent.to, sent.body)).h1).toBe('That code no longer works')
  expect((await hospital.through(aBrowser(network), startIn(network))).status).toBe(200)
})
