import { Secret, TOTP } from 'otpauth'
import { afterAll, expect, test, vi } from 'vitest'
import type { NoScriptPerson, SeenPage } from '#tests/person.ts'
import { aBrowser, aNewcomer, aStandingNetwork, type Newcomer, signsInByCode } from './for-tests.ts'

const network = await aStandingNetwork()
const { slug, house, minutesOn } = network
afterAll(() => void vi.useRealTimers())

const inside = `/${slug}/account/contact`
const aManager = () => aNewcomer(network, { name: 'Mia Manager', posts: ['portfolio-manager'] })

/** The authenticator app in somebody's hand, fed with the key that the page shows. */
function appFrom(page: SeenPage): { code(): string } {
  const secret = /Key: ((?:[A-Z2-7]{4} )+)/.exec(page.text)![1]!.replaceAll(' ', '')
  const totp = new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30 })
  return { code: () => totp.generate({ timestamp: Date.now() }) }
}

/** First sign-in with a post: through the setting up of an app, to the recovery codes. */
async function setsUpAnApp(mia: Newcomer) {
  const choose = await signsInByCode(mia, inside)
  const page = await choose.press('Set up an app')
  const app = appFrom(page)
  const before = await page.fill('Six digits from the app', app.code()).press('Continue')
  const codes = (await before.press('Show my new recovery codes')).$('main li code')
  return { app, codes: codes.toArray().map(each => before.$(each).text()), page }
}

const again = async (mia: Newcomer): Promise<SeenPage> => {
  mia.browser.forgetsCookies()
  return await signsInByCode(mia, inside)
}
const opens = async (browser: NoScriptPerson, path: string) => (await browser.opens(path)).h1

test('HOUSE-8 a post opens nothing until a second factor is there, and everything afterwards', async () => {
  const mia = await aManager()
  const choose = await signsInByCode(mia, inside)
  expect(choose.h1).toBe('Make your account safer')
  for (const path of [inside, `/${slug}/account`, `/${slug}/account/email`]) {
    expect(await opens(mia.browser, path)).toBe('Make your account safer')
  }
  for (const path of ['/account', '/account/recovery-codes']) {
    expect(['Make your account safer']).toContain(await opens(mia.browser, path))
  }
  const page = await choose.press('Set up an app')
  expect(page.h1).toBe('Set up your authenticator app')
  expect(page.$('main img').attr('src')).toBe('/sign-in/second-factor/app.svg')
  const picture = await mia.browser.opens('/sign-in/second-factor/app.svg')
  expect(picture.headers.get('content-type')).toBe('image/svg+xml')
  expect(picture.html).toContain('<svg')
  expect((await aBrowser(network).opens('/sign-in/second-factor/app.svg')).status).toBe(404)
  const wrong = await page.fill('Six digits from the app', '000000').press('Continue')
  expect(wrong.status).toBe(422)
  expect(await opens(mia.browser, inside)).toBe('Make your account safer')
  const cookie = mia.browser.cookieHeader()
  const codes = await page.fill('Six digits from the app', appFrom(page).code()).press('Continue')
  expect(codes.h1).toBe('Recovery codes')
  expect(mia.browser.cookieHeader()).not.toBe(cookie)
  const shown = await codes.press('Show my new recovery codes')
  expect(shown.$('main li code')).toHaveLength(10)
  expect((await shown.follow('I have kept them')).path).toBe(inside)
  expect(await opens(mia.browser, inside)).toBe('How we reach you')
  expect((await mia.person.wasTold()).filter(each => each.kind === 'account-changed').length).toBe(2)
  const audit = await house.owner.query('select action from audit where by_person_id = $1 order by seq', [
    mia.person.id,
  ])
  expect(audit.rows.map(row => row.action)).toEqual([
    'account-joined',
    'signed-in',
    'signed-in',
    'app-added',
    'recovery-codes-made',
  ])
})

test('HOUSE-8 at the next sign-in the app is asked for; each of its codes is taken once', async () => {
  const mia = await aManager()
  const { app } = await setsUpAnApp(mia)
  minutesOn(1)
  const page = await again(mia)
  expect(page.h1).toBe('Show that it is you')
  expect(await opens(mia.browser, inside)).toBe('Show that it is you')
  const code = app.code()
  expect((await page.fill('Code from your authenticator app', '12 34 5x').press('Continue')).status).toBe(422)
  const done = await page
    .fill('Code from your authenticator app', `${code.slice(0, 3)} ${code.slice(3)}`)
    .press('Continue')
  expect(done.h1).toBe('How we reach you')
  // Somebody who read the code over the shoulder, with the mailbox too.
  const replay = await again(mia)
  expect((await replay.fill('Code from your authenticator app', code).press('Continue')).status).toBe(422)
  minutesOn(1)
  expect((await replay.fill('Code from your authenticator app', app.code()).press('Continue')).status).toBe(
    200,
  )
})

test('HOUSE-8 a recovery code works once, however it is typed, and making new ones ends the old', async () => {
  const mia = await aManager()
  const { codes } = await setsUpAnApp(mia)
  const recover = async (code: string) =>
    (await again(mia)).fill('One of your recovery codes', code).press('Use the recovery code')
  expect((await recover(codes[0]!.toUpperCase().replace('-', ' '))).h1).toBe('How we reach you')
  expect((await mia.browser.reads('/account')).text).toContain('You have 9 codes left')
  expect((await recover(codes[0]!)).status).toBe(422)
  expect((await recover('aaaaa-aaaaa')).status).toBe(422)
  expect((await recover(codes[1]!)).h1).toBe('How we reach you')
  const fresh = await (await mia.browser.reads('/account/recovery-codes')).press('Show my new recovery codes')
  expect((await recover(codes[2]!)).status).toBe(422)
  expect((await recover(fresh.$('main li code').first().text())).h1).toBe('How we reach you')
})

test('HOUSE-8 whoever has only the mailbox cannot add a second factor beside the one that is there', async () => {
  const mia = await aManager()
  await setsUpAnApp(mia)
  const thief = await again(mia)
  const send = thief.wouldSend('Continue').body
  const token = String(send.get('_token'))
  for (const path of [
    '/sign-in/second-factor/app/start',
    '/sign-in/second-factor/app',
    '/account/passkeys/new',
  ]) {
    expect((await mia.browser.posts(path, { _token: token, code: '123456', name: 'mine' })).h1).toBe(
      'Show that it is you',
    )
  }
  for (const path of ['/account/recovery-codes', '/account/app/remove', '/account/passkeys/remove']) {
    expect((await mia.browser.posts(path, { _token: token })).h1).toBe('Show that it is you')
  }
  expect(await opens(mia.browser, '/account/passkeys/new')).toBe('Show that it is you')
  expect((await mia.browser.opens('/sign-in/second-factor/app.svg')).status).toBe(404)
  const rows = await house.owner.query(
    'select verified from second_factor f join account a on a.id = f.account_id where a.email = $1',
    [mia.email],
  )
  expect(rows.rows).toEqual([{ verified: true }])
})

test('HOUSE-8 a page of setting up that is left behind is no second factor, and its key is not used again', async () => {
  const mia = await aManager()
  const first = await (await signsInByCode(mia, inside)).press('Set up an app')
  const old = appFrom(first)
  const choose = await again(mia)
  expect(choose.h1).toBe('Make your account safer')
  const second = await choose.press('Set up an app')
  expect(appFrom(second).code()).not.toBe(old.code())
  expect((await second.fill('Six digits from the app', old.code()).press('Continue')).status).toBe(422)
})

test('HOUSE-8 eleven tries at a second factor in a quarter of an hour are one too many', async () => {
  const mia = await aManager()
  const { app } = await setsUpAnApp(mia)
  minutesOn(15)
  const page = await again(mia)
  for (let n = 1; n <= 10; n++) {
    expect((await page.fill('Code from your authenticator app', '000000').press('Continue')).status).toBe(422)
  }
  expect((await page.fill('Code from your authenticator app', app.code()).press('Continue')).status).toBe(429)
  minutesOn(15)
  expect(await opens(mia.browser, inside)).toBe('Show that it is you')
  expect((await page.fill('Code from your authenticator app', app.code()).press('Continue')).h1).toBe(
    'How we reach you',
  )
})

test('HOUSE-8 chairs and deputies are asked, members and volunteers are not', async () => {
  const as = async (role: 'chair' | 'deputy' | 'member' | 'volunteer') => {
    const somebody = await aNewcomer(network, { memberships: [{ group: 'paediatric', role }] })
    return (await signsInByCode(somebody, inside)).h1
  }
  expect(await as('chair')).toBe('Make your account safer')
  expect(await as('deputy')).toBe('Make your account safer')
  expect(await as('member')).toBe('How we reach you')
  expect(await as('volunteer')).toBe('How we reach you')
})

test('HOUSE-8 who becomes a chair is asked with the next click', async () => {
  const vic = await aNewcomer(network, { memberships: [{ group: 'mri', role: 'volunteer' }] })
  await signsInByCode(vic, inside)
  await network.inNetwork(tx =>
    tx.updateTable('membership').set({ role: 'chair' }).where('person_id', '=', vic.person.id).execute(),
  )
  expect(await opens(vic.browser, inside)).toBe('Make your account safer')
})

test('HOUSE-8 a post cannot remove the last second factor; a secret in the database is not readable', async () => {
  const mia = await aManager()
  const { page } = await setsUpAnApp(mia)
  const refused = await (await mia.browser.reads('/account')).press('Remove the app')
  expect(refused.status).toBe(422)
  expect(refused.errors[0]).toContain('Add another first')
  const secret = /Key: ((?:[A-Z2-7]{4} )+)/.exec(page.text)![1]!.replaceAll(' ', '')
  const rows = await house.owner.query('select secret || backup_codes as all from second_factor')
  expect(rows.rows.map(row => row.all).join()).not.toContain(
    Buffer.from(Secret.fromBase32(secret).bytes).toString(),
  )
  expect(rows.rows.every(row => row.all.startsWith('$ba$'))).toBe(true)
})
