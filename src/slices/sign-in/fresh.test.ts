import { beforeAll, beforeEach, expect, test } from 'vitest'
import { routeTable } from '#platform/http/route.ts'
import { aConcern, as } from '#slices/concerns/for-tests.ts'
import { aMotion, meetingIs } from '#slices/votes/for-tests.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import { NoScriptPerson, type SeenPage } from '#tests/person.ts'
import { asks, newestMail } from './for-tests.ts'

let network: TestNetwork
beforeAll(async () => {
  network = await aNetwork()
})
beforeEach(async () => {
  await network.house.owner.query('truncate rate_window')
})

const provenBefore = (person: Someone, minutes: number) =>
  network.house.owner.query(
    'update session set proven_at = now() - make_interval(mins => $1) where account_id = $2',
    [minutes, person.accountId],
  )
const codeTo = async (person: Someone) => (await newestMail(person)).code
const rowsOf = async (statement: string, ...given: unknown[]) =>
  (await network.house.owner.query(statement, given)).rows

/** Every row of the database that something typed could have been left in, as text. */
async function everywhere(): Promise<string> {
  const tables = ['kept_writing', 'verification', 'submission', 'message', 'audit', 'history', 'session']
  const parts = await Promise.all(
    tables.map(each =>
      rowsOf(
        // What tells its reader that something waits names it; that is for its reader alone.
        `select t::text as row from ${each} t ${each === 'message' ? "where kind <> 'concern'" : ''}`,
      ),
    ),
  )
  return parts
    .flat()
    .map(each => each.row)
    .join('\n')
}

test('PEOPLE-15 R63 what is private asks for a proof of the last hour: every address of concerns, data rights and ballots', () => {
  const asked = (path: string) =>
    /^\/:network\/(concerns\/(:concern|new|told)|account\/my-data|motions\/:motion\/(ballot|casting-vote))/.test(
      path,
    )
  const table = routeTable(network.house.app.slices)
  const wrong = table.filter(line => asked(line.path) !== (line.fresh === true))
  expect(wrong.map(line => `${line.method} ${line.path}`)).toEqual([])
  expect(table.filter(line => line.fresh).length).toBeGreaterThan(35)
})

test('PEOPLE-15 R63 after an hour a page asks once more and leads on; nobody else is asked, and what is not private goes on', async () => {
  const { volunteer, secondVolunteer, stranger, slug, house } = network
  const ref = await aConcern(network, { by: volunteer })
  const path = `/${slug}/concerns/${ref}`
  await provenBefore(volunteer, 59)
  expect((await volunteer.reads(path)).h1).toBe('Your concern')
  expect((await volunteer.raw(path, { method: 'HEAD' })).status).toBe(200)
  await provenBefore(volunteer, 61)
  for (const each of [
    path,
    `/${slug}/concerns/new`,
    `/${slug}/account/my-data`,
    `/${slug}/account/my-data/data.json`,
  ]) {
    const asked = await volunteer.opens(each)
    expect(asked.h1, each).toBe('Show that it is you')
    expect(asked.text, each).not.toContain('Somebody shouts')
  }
  // The page about concerns is for everybody, and shows in passing that there are some, not what about.
  const all = await volunteer.reads(`/${slug}/concerns`)
  expect(all.text).toContain('A concern')
  expect(all.html).not.toContain('Shouting in meetings')
  expect((await volunteer.reads(`/${slug}/home`)).status).toBe(200)
  await provenBefore(secondVolunteer, 61)
  for (const nobody of [secondVolunteer, stranger]) expect((await nobody.opens(path)).status).toBe(404)

  const cookie = volunteer.cookieHeader()
  const before = await rowsOf('select id from session where account_id = $1', volunteer.accountId)
  const asked = await volunteer.opens(path)
  const waits = await asked.press('Send me a code by e-mail')
  const wrong = await waits.fill('Six-digit code', '12').press('Continue')
  expect([wrong.status, wrong.h1]).toEqual([422, 'Check your e-mail'])
  // Where they go is nowhere in the database, and no log knows.
  expect((await everywhere()).includes(ref)).toBe(false)
  const back = await wrong.fill('Six-digit code', await codeTo(volunteer)).press('Continue')
  expect([back.path, back.h1]).toEqual([path, 'Your concern'])
  // The same session, so that nothing of another window is lost.
  expect(volunteer.cookieHeader()).toBe(cookie)
  expect(await rowsOf('select id from session where account_id = $1', volunteer.accountId)).toEqual(before)
  expect((await volunteer.reads(`/${slug}/concerns`)).html).toContain('Shouting in meetings')
  expect(house.logged.join('\n')).not.toContain(ref)
})

test('PEOPLE-15 R63 words that are sent after the hour are not lost and not written down: they go on with the proof', async () => {
  const { volunteer, slug } = network
  await volunteer.signsIn()
  const ref = await aConcern(network, { by: volunteer })
  const path = `/${slug}/concerns/${ref}`
  const words = 'It went on today, line one\nand “line two” <b>& more</b>.'
  const form = (await volunteer.reads(`${path}/write`)).fill('What do you want to say?', words)
  await provenBefore(volunteer, 61)
  const asked = await form.press('Send')
  expect([asked.status, asked.h1]).toEqual([401, 'Show that it is you'])
  expect(asked.text).toContain('What you typed is not lost')
  const sent = await asked.press('Send me a code by e-mail')
  const wrong = await sent.fill('Six-digit code', '000000').press('Continue and send')
  expect(wrong.status).toBe(422)
  const kept = await everywhere()
  expect(kept.includes('line one')).toBe(false)
  expect(kept.includes(ref)).toBe(false)
  const done = await wrong.fill('Six-digit code', await codeTo(volunteer)).press('Continue and send')
  expect(done.path).toBe(path)
  expect(done.text).toContain('It went on today, line one')
  expect(done.text).toContain('and “line two” <b>& more</b>.')
  // Sent twice, it is said once.
  const twice = wrong.fill('Six-digit code', '1').wouldSend('Continue and send')
  await volunteer.posts(twice.to, twice.body)
  const read = await volunteer.reads(path)
  expect(read.text.split('It went on today').length).toBe(2)
})

test('PEOPLE-15 R63 two windows: what was proven in one counts in the other', async () => {
  const { volunteer, slug } = network
  await volunteer.signsIn()
  const ref = await aConcern(network, { by: volunteer })
  const path = `/${slug}/concerns/${ref}`
  const one = (await volunteer.reads(`${path}/write`)).fill(
    'What do you want to say?',
    'From the first window.',
  )
  await provenBefore(volunteer, 61)
  const asked = await one.press('Send')
  const other = await (await volunteer.opens(path)).press('Send me a code by e-mail')
  expect((await other.fill('Six-digit code', await codeTo(volunteer)).press('Continue')).h1).toBe(
    'Your concern',
  )
  expect((await asked.press('Send me a code by e-mail')).text).toContain('From the first window.')
})

test('PEOPLE-15 R63 a new concern with a file: its words go on, and the file is asked for again', async () => {
  const { secondVolunteer: volunteer, slug, portfolioManager } = network
  await volunteer.signsIn()
  const ref = await aConcern(network, { by: volunteer, reader: portfolioManager })
  const form = await volunteer.reads(`/${slug}/concerns/${ref}/write`)
  form.fill('What do you want to say?', 'See the letter.')
  const label = form.$('input[type=file]').attr('id')
  form.attach(
    form.$(`label[for="${label}"]`).text().trim(),
    new File(['%PDF-1.4'], 'letter.pdf', { type: 'application/pdf' }),
  )
  await provenBefore(volunteer, 61)
  const asked = await form.press('Send')
  expect(asked.text).toContain('choose yours again')
  const sent = await asked.press('Send me a code by e-mail')
  const again = await sent.fill('Six-digit code', await codeTo(volunteer)).press('Continue and send')
  expect(again.errors).toEqual(['You chose a file. Choose it again, then send'])
  expect(again.valueOf('What do you want to say?')).toBe('See the letter.')
  expect((await again.press('Send')).text).toContain('See the letter.')
})

test('BOARD-11 R63 a ballot in a live vote is never lost: the same one is cast with the proof', async () => {
  const { volunteer, slug } = network
  await volunteer.signsIn()
  await meetingIs(network, 'held')
  const motion = await aMotion(network, { open: true })
  const path = `${motion.path}/ballot`
  const choice = (await volunteer.reads(path)).choose('Against')
  await provenBefore(volunteer, 61)
  let page: SeenPage = await choice.press(choice.$('main form button').first().text().trim())
  expect(page.h1).toBe('Show that it is you')
  page = await page.press('Send me a code by e-mail')
  page = await page.fill('Six-digit code', await codeTo(volunteer)).press('Continue and send')
  // As always it is shown once more before it counts; and the hour may end there, too.
  expect(page.text).toContain('Against')
  await provenBefore(volunteer, 61)
  page = await page.press(page.$('main form button').first().text().trim())
  expect(page.h1).toBe('Show that it is you')
  expect(await rowsOf('select 1 from ballot where network_id = $1', network.id)).toEqual([])
  page = await page.press('Send me a code by e-mail')
  page = await page.fill('Six-digit code', await codeTo(volunteer)).press('Continue and send')
  expect(page.path).toBe(`${path}/receipt`)
  expect(page.text).toContain('Against')
  expect((await rowsOf('select 1 from ballot where network_id = $1', network.id)).length).toBe(1)
  expect(slug).toBe(network.slug)
})

test('PEOPLE-15 R63 guessing on the way is limited, and costs nobody their words', async () => {
  const { volunteer, slug } = network
  await volunteer.signsIn()
  const ref = await aConcern(network, { by: volunteer })
  const form = await volunteer.reads(`/${slug}/concerns/${ref}/write`)
  await provenBefore(volunteer, 61)
  let page = await form.fill('What do you want to say?', 'Still here.').press('Send')
  page = await page.press('Send me a code by e-mail')
  for (let n = 0; n < 12; n++) page = await page.fill('Six-digit code', '000000').press('Continue and send')
  expect(page.errors.join()).toContain('That was too often')
  const hidden = page
    .$('input[type=hidden]')
    .toArray()
    .map(each => page.$(each).attr('value'))
  expect(hidden).toContain('Still here.')
  // Without the form's own token nobody is asked, and nothing is sent on.
  const forged = await volunteer.posts(`/${slug}/concerns/${ref}/write`, { words: 'x', _proof: 'send' })
  expect(forged.status).toBe(403)
})

test('PEOPLE-15 R63 signing in on the way to a concern leaves nothing that joins the address and the concern', async () => {
  const { volunteer, slug } = network
  const ref = await aConcern(network, { by: volunteer })
  const path = `/${slug}/concerns/${ref}`
  const { email } = await as(network, undefined, doing =>
    doing.tx.selectFrom('person').select('email').where('id', '=', volunteer.id).executeTakeFirstOrThrow(),
  )
  const browser = new NoScriptPerson(network.house.app)
  const waits = await asks(browser, email!, path)
  expect((await everywhere()).includes(ref)).toBe(false)
  const back = await waits.fill('Six-digit code', await codeTo(volunteer)).press('Sign in')
  expect([back.path, back.h1]).toEqual([path, 'Your concern'])
  const other = new NoScriptPerson(network.house.app)
  await asks(other, email!, path)
  const byLink = await (await other.reads((await newestMail(volunteer)).link)).press('Sign in')
  expect(byLink.path).toBe(path)
})
