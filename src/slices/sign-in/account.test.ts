import { afterAll, expect, test, vi } from 'vitest'
import { aBrowser, aNewcomer, aStandingNetwork, newestMail, signsInByCode } from './for-tests.ts'
import { endSessionsOf } from './index.ts'

const network = await aStandingNetwork()
const { slug, house, minutesOn } = network
afterAll(() => void vi.useRealTimers())

const contact = `/${slug}/account/contact`
const aVolunteer = () => aNewcomer(network, { memberships: [{ group: 'board', role: 'volunteer' }] })

test('HOUSE-8 the account lists each device, marks this one, and ends another', async () => {
  const vic = await aVolunteer()
  const phone = aBrowser(network)
  const laptop = vic.browser
  await signsInByCode(vic)
  await signsInByCode({ ...vic, browser: phone })
  const page = await laptop.reads('/account')
  expect(page.$('td:contains("(this device)"), th:contains("(this device)")')).toHaveLength(1)
  expect(page.hasButton('Sign out here')).toBe(true)
  await page.press('Sign out A device we do not know')
  expect((await phone.opens(contact)).status).toBe(404)
  expect((await laptop.opens(contact)).status).toBe(200)
})

test('HOUSE-8 nobody ends a device of somebody else', async () => {
  const [vic, eve] = [await aVolunteer(), await aVolunteer()]
  await signsInByCode(vic)
  await signsInByCode(eve)
  const { rows } = await house.owner.query(
    'select s.id from session s join account a on a.id = s.account_id where a.email = $1',
    [vic.email],
  )
  const { body } = (await eve.browser.reads('/account')).wouldSend('Sign out here')
  await eve.browser.posts('/account/devices/end', { _token: String(body.get('_token')), device: rows[0].id })
  expect((await vic.browser.opens(contact)).status).toBe(200)
})

test('HOUSE-8 sign out everywhere ends every session at once; sign out ends this one', async () => {
  const vic = await aVolunteer()
  const phone = aBrowser(network)
  await signsInByCode(vic)
  await signsInByCode({ ...vic, browser: phone })
  const old = phone.cookieHeader()
  await (await phone.reads('/account')).press('Sign out')
  expect((await phone.opens('/account')).h1).toBe('Sign in')
  const replay = await house.app.http.request(
    new Request(`http://loop.test${contact}`, { headers: { cookie: old, host: 'loop.test' } }),
  )
  expect(replay.status).toBe(404)
  await signsInByCode({ ...vic, browser: phone })
  await (await vic.browser.reads('/account')).press('Sign out everywhere')
  expect((await vic.browser.opens(contact)).status).toBe(404)
  expect((await phone.opens(contact)).status).toBe(404)
})

test('HOUSE-8 a volunteer stays signed in for 30 days, and not longer', async () => {
  const vic = await aVolunteer()
  await signsInByCode(vic)
  minutesOn(30 * 24 * 60 - 1)
  expect((await vic.browser.opens(contact)).status).toBe(200)
  minutesOn(2)
  expect((await vic.browser.opens(contact)).status).toBe(404)
})

test('HOUSE-8 staff are signed out after 30 minutes without a click and after 12 hours in all', async () => {
  const { coordinator } = network
  await coordinator.signsIn()
  minutesOn(29)
  expect((await coordinator.opens(contact)).status).toBe(200)
  minutesOn(31)
  expect((await coordinator.opens(contact)).status).toBe(404)
  await coordinator.signsIn()
  for (let passed = 0; passed < 700; passed += 20) {
    expect((await coordinator.opens(contact)).status).toBe(200)
    minutesOn(20)
  }
  minutesOn(20)
  expect((await coordinator.opens(contact)).status).toBe(404)
})

test('HOUSE-8 who leaves the last network is signed out with the next click, and at withdrawal at once', async () => {
  const vic = await aVolunteer()
  await signsInByCode(vic)
  await network.inNetwork(tx =>
    tx.updateTable('person').set({ left_on: house.clock.today() }).where('id', '=', vic.person.id).execute(),
  )
  expect((await vic.browser.opens('/account')).h1).toBe('Sign in')
  const eve = await aVolunteer()
  await signsInByCode(eve)
  await network.inNetwork(async tx => {
    const { account_id } = await tx
      .selectFrom('person')
      .select('account_id')
      .where('id', '=', eve.person.id)
      .executeTakeFirstOrThrow()
    await endSessionsOf(tx, account_id!)
  })
  expect((await eve.browser.opens('/account')).h1).toBe('Sign in')
})

test('HOUSE-8 a person chooses how the network reaches them; a channel without an address is refused, words kept', async () => {
  const vic = await aVolunteer()
  await signsInByCode(vic)
  const account = await vic.browser.reads(`/${slug}/account`)
  expect(account.h1).toBe('Your account')
  const page = await account.follow('Change how First Imaging Network reaches you')
  const wrong = await page
    .choose('By post')
    .fill('Postal address', '')
    .fill('Phone number', '07700 900456')
    .press('Save')
  expect(wrong.status).toBe(422)
  expect(wrong.errors).toEqual(['Enter the address for letters'])
  expect(wrong.valueOf('Phone number')).toBe('07700 900456')
  const done = await wrong
    .choose('By post')
    .fill('Postal address', '2 New Road\nDudley')
    .choose('Print my letters in large type')
    .press('Save')
  expect(done.text).toContain('By post, in large print')
  const odd = await (await vic.browser.reads(contact)).fill('Phone number', 'ring my sister').press('Save')
  expect(odd.errors).toEqual(['Enter a phone number, like 07700 900123'])
  expect((await network.stranger.opens(contact)).status).toBe(404)
  expect((await network.visitor.opens(contact)).status).toBe(404)
})

test('HOUSE-8 a new e-mail address counts only after its code; the old one hears of it and no longer opens', async () => {
  const vic = await aVolunteer()
  await signsInByCode(vic)
  const wanted = `new-${vic.email}`
  const ask = await vic.browser.reads(`/${slug}/account/email`)
  const page = await ask.fill('E-mail address', wanted).press('Send me a code')
  expect(page.h1).toBe('Check your e-mail')
  const { code } = await newestMail(vic.person)
  expect(
    (await page.fill('Six-digit code', code === '000000' ? '000001' : '000000').press('Use this address'))
      .status,
  ).toBe(422)
  expect((await vic.browser.reads('/account')).text).not.toContain(wanted)
  const done = await page.fill('Six-digit code', code).press('Use this address')
  expect(done.h1).toBe('Your account')
  expect(done.text).toContain(wanted)
  const told = await house.owner.query('select kind from message where lower(address) = $1 order by id', [
    vic.email,
  ])
  expect(told.rows.at(-1)).toEqual({ kind: 'account-changed' })
  const before = (await vic.person.wasTold()).length
  await (await aBrowser(network).reads('/sign-in'))
    .fill('Your e-mail address', vic.email)
    .press('Send me a code')
  expect((await vic.person.wasTold()).length).toBe(before)
  const inside = await signsInByCode({ ...vic, email: wanted, browser: aBrowser(network) }, contact)
  expect(inside.path).toBe(contact)
})

test('HOUSE-8 an address of somebody else cannot be taken, and before the code nobody learns that it is one', async () => {
  const [vic, eve] = [await aVolunteer(), await aVolunteer()]
  await signsInByCode(vic)
  const page = await (await vic.browser.reads(`/${slug}/account/email`))
    .fill('E-mail address', eve.email)
    .press('Send me a code')
  expect(page.h1).toBe('Check your e-mail')
  const refused = await page
    .fill('Six-digit code', (await newestMail(vic.person)).code)
    .press('Use this address')
  expect(refused.status).toBe(422)
  expect((await vic.browser.reads('/account')).text).not.toContain(eve.email)
})

test('HOUSE-9 the session ends while somebody writes: after signing in the form is back with every word, once', async () => {
  const vic = await aVolunteer()
  await signsInByCode(vic)
  const page = await vic.browser.reads(contact)
  minutesOn(31 * 24 * 60)
  const ended = await page.choose('By post').fill('Postal address', '3 Kept Lane\nWalsall 😀').press('Save')
  expect(ended.status).toBe(401)
  expect(ended.h1).toBe('You have been signed out')
  const signIn = await ended.follow('Sign in and carry on')
  const code = await signIn.fill('Your e-mail address', vic.email).press('Send me a code')
  const back = await code.fill('Six-digit code', (await newestMail(vic.person)).code).press('Sign in')
  expect(back.path).toBe(contact)
  expect(back.valueOf('Postal address')).toBe('3 Kept Lane\nWalsall 😀')
  expect(back.valueOf('By post')).toBe('chosen')
  await back.press('Save')
  expect((await vic.browser.reads('/account')).text).toContain('3 Kept Lane')
  // Sent: it does not come back.
  await network.inNetwork(tx =>
    tx.updateTable('person').set({ postal_address: 'Elsewhere' }).where('id', '=', vic.person.id).execute(),
  )
  expect((await vic.browser.reads(contact)).valueOf('Postal address')).toBe('Elsewhere')
})

test('HOUSE-9 what was kept comes back to nobody else at the same device', async () => {
  const [vic, eve] = [await aVolunteer(), await aVolunteer()]
  await signsInByCode(vic)
  const page = await vic.browser.reads(contact)
  minutesOn(31 * 24 * 60)
  await page.fill('Postal address', 'A secret place').press('Save')
  await signsInByCode({ ...eve, browser: vic.browser }, contact)
  expect((await vic.browser.reads(contact)).html).not.toContain('A secret place')
})

test('HOUSE-9 a session that is over stops nobody from signing in or out', async () => {
  const vic = await aVolunteer()
  await signsInByCode(vic)
  const page = await vic.browser.reads('/account')
  minutesOn(31 * 24 * 60)
  expect((await page.press('Sign out')).status).toBe(200)
  expect((await signsInByCode(vic, contact)).path).toBe(contact)
})
