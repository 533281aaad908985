import { beforeAll, expect, test } from 'vitest'
import { routeTable } from '#platform/http/route.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { kindIn } from './page.tsx'
import { helpFor, helpTexts } from './texts.ts'

let network: TestNetwork
beforeAll(async () => {
  network = await aNetwork()
})

test('REACH-19 every page of the route table has help of its own room', () => {
  const pages = routeTable(network.house.app.slices)
    .filter(line => line.method === 'GET' && line.path.startsWith('/:network/'))
    .map(line => line.path.slice('/:network'.length))
  const without = pages.filter(page => helpFor(page).at === '')
  expect(without).toEqual([])
  // And no help for what is not there.
  const empty = helpTexts.filter(
    ({ at }) => at !== '' && !pages.some(page => page === at || page.startsWith(`${at}/`)),
  )
  expect(empty.map(each => each.at)).toEqual([])
})

test('REACH-19 “Help with this page” stands on each page, and tells what the page is for, to whoever reads', async () => {
  const { slug, volunteer, boardChair, visitor } = network
  const page = await volunteer.reads(`/${slug}/contributions/new/kind`)
  const help = await page.follow('Help with this page')
  expect(help.title).toContain('Help with this page')
  expect(help.text).toContain('Here you tell us something: an idea, an experience or a question.')
  expect(help.text).toContain('Ring us on 0121 496 0001')
  const chairs = await (await boardChair.reads(`/${slug}/meetings`)).follow('Help with this page')
  expect(chairs.text).toContain('You give each item its place')
  const volunteers = await (await volunteer.reads(`/${slug}/meetings`)).follow('Help with this page')
  expect(volunteers.text).not.toContain('You give each item its place')
  expect((await (await visitor.reads(`/${slug}/register`)).follow('Help with this page')).text).toContain(
    'three minutes',
  )
})

test('REACH-19 help knows the kind of page, never the thing: no secret of an address is passed on', async () => {
  const { slug, volunteer } = network
  expect(kindIn('/verdict/:token')).toBe('/verdict/:token')
  for (const given of ['https://elsewhere.example/', '//elsewhere', '/a b', '/x'.repeat(200), '"><script>']) {
    expect(kindIn(given)).toBe('')
  }
  const html = await (await volunteer.raw(`/${slug}/meetings/M-1`)).text()
  expect(html).toContain('help/page?of=%2Fmeetings%2F%3Ameeting"')
})

test('REACH-19 anybody says what is wrong with a page; the team answers, and the stranger finds nothing', async () => {
  const { slug, visitor, volunteer, coordinator, stranger, house } = network
  const help = await (await volunteer.reads(`/${slug}/actions`)).follow('Help with this page')
  const problem = await help.follow('Tell us what is wrong with this page')
  const empty = await problem.press('Send it')
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('Tell us what is wrong')
  const sent = await empty.fill('What is wrong?', 'The dates are hard to find.').press('Send it')
  expect(sent.text).toContain('Thank you')

  const asVisitor = await visitor.reads(`/${slug}/help/problem?of=/register`)
  house.clock.daysOn(0)
  const wrong = await asVisitor
    .fill('What is wrong?', 'The letters are too small.')
    .fill('Your e-mail address, if you want an answer', 'not an address')
    .press('Send it')
  expect(wrong.text).toContain('Enter an e-mail address such as name@example.org')
  await wrong.fill('Your e-mail address, if you want an answer', 'vi.sitor@example.org').press('Send it')

  const told = (await coordinator.wasTold()).filter(each => each.kind === 'page-problem')
  expect(told.length).toBe(2)
  // What was written is read on its page, behind the sign-in.
  expect(told.map(each => each.body).join()).not.toContain('hard to find')

  const list = await coordinator.reads(`/${slug}/team/page-problems`)
  const one = await list.follow('The dates are hard to find.')
  expect(one.text).toContain('Vera Volunteer')
  expect(one.text).toContain('/actions')
  await one.fill('What did you do about it?', 'The dates stand first now.').press('Send and close')
  expect((await volunteer.wasTold()).at(-1)?.body).toContain('The dates stand first now.')
  const again = await coordinator.reads(one.path)
  expect(again.text).toContain('The dates stand first now.')

  const theirs = await (await coordinator.reads(`/${slug}/team/page-problems`)).follow(
    'The letters are too small.',
  )
  await theirs.fill('What did you do about it?', 'They are larger now.').press('Send and close')
  const kept = await house.owner.query(`select email from page_problem where network_id = $1`, [network.id])
  expect(kept.rows.every(row => row.email === null)).toBe(true)
  const mails = await house.owner.query(
    `select address, body from message where kind = 'page-problem-answered' order by id`,
  )
  expect(mails.rows.at(-1)).toMatchObject({ address: 'vi.sitor@example.org' })

  for (const person of [stranger, volunteer]) {
    expect((await person.opens(`/${slug}/team/page-problems`)).status).toBe(404)
    expect((await person.opens(one.path)).status).toBe(404)
  }
})

test('REACH-19 whoever is new finds a first way on their home page, for what they are, until they know it', async () => {
  const { slug, volunteer } = network
  const fresh = await network.aPerson({
    name: 'Nia New',
    memberships: [{ group: 'board', role: 'volunteer', voting: true, lay: true }],
  })
  const today = network.house.clock.today()
  await network.inNetwork(tx =>
    tx
      .updateTable('membership')
      .set({ from_on: today.subtract({ days: 3 }) })
      .where('person_id', '=', fresh.id)
      .execute(),
  )
  const home = await fresh.reads(`/${slug}/home`)
  const steps = await home.follow('Your first steps here')
  expect(steps.text).toContain('Tell us what you need to take part')
  for (const link of steps.$('main ul a').toArray()) {
    const href = steps.$(link).attr('href')!
    expect((await fresh.opens(href)).status, href).not.toBe(404)
  }
  await steps.press('I know my way now')
  expect((await fresh.reads(`/${slug}/home`)).text).not.toContain('You are new here')
  // Who has been here for long is not shown around, but can look.
  expect((await volunteer.reads(`/${slug}/home`)).text).not.toContain('You are new here')
  expect((await volunteer.opens(`/${slug}/first-steps`)).status).toBe(200)
})

test('REACH-19 each kind of person finds only doors that open', async () => {
  const { slug } = network
  const everybody = [
    network.applicant,
    network.volunteer,
    network.boardMember,
    network.boardChair,
    network.coordinator,
    network.trustContact,
    network.administrator,
  ]
  const shut: string[] = []
  for (const person of everybody) {
    const steps = await person.reads(`/${slug}/first-steps`)
    for (const link of steps.$('main ul a').toArray()) {
      const href = steps.$(link).attr('href')!
      if ((await person.opens(href)).status === 404) shut.push(`${person.fullName}: ${href}`)
    }
  }
  expect(shut).toEqual([])
})
