import { beforeAll, expect, test } from 'vitest'
import { doingAs } from '#slices/contributions/for-tests.ts'
import {
  anAnsweredContribution,
  aPublishedContribution,
  somePublicText,
} from '#slices/you-said-we-did/for-tests.ts'
import { proposePublication } from '#slices/you-said-we-did/index.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'

let network: TestNetwork
let home: string
beforeAll(async () => {
  network = await aNetwork()
  home = `/${network.slug}/home`
})

test('LOOP-19 empty is a kind sentence for every kind of person, and each link there opens', async () => {
  const {
    volunteer,
    coordinator,
    director,
    sigChair,
    sigDeputy,
    sigMember,
    administrator,
    trustContact,
    applicant,
  } = network
  for (const person of [
    volunteer,
    coordinator,
    director,
    sigChair,
    sigDeputy,
    sigMember,
    administrator,
    trustContact,
    applicant,
  ]) {
    const page = await person.reads(home)
    expect(page.h1).toBe(`Hello ${person.fullName.split(' ')[0]}`)
    expect(page.text, person.fullName).toMatch(/Nothing needs you today|Nothing waits for you/)
    expect(page.text).toContain('Nobody owes you an answer')
    const links = page
      .$('main a.nhsuk-button, main .loop-links a, nav[aria-label="Menu"] a')
      .toArray()
      .map(each => page.$(each).attr('href')!)
    expect(links.length).toBeGreaterThan(2)
    // What everybody with a place mainly comes for stands first.
    const belongs = [volunteer, sigChair, sigDeputy, sigMember].includes(person)
    expect(page.$('main a').first().text(), person.fullName).toMatch(belongs ? /^Say something$/ : /^(?!Say)/)
    for (const link of links) {
      const there = await person.opens(link)
      expect(there.status, `${person.fullName} ${link}`).toBe(200)
      // And so does what the page leads to first.
      for (const button of there.$('main a.nhsuk-button').toArray()) {
        const to = there.$(button).attr('href')!
        expect((await person.opens(to)).status, `${person.fullName} ${link} ${to}`).toBe(200)
      }
    }
  }
})

test('LOOP-19 a stranger and a visitor find no home here', async () => {
  const { stranger, visitor, slug } = network
  expect((await stranger.opens(home)).html).toBe((await stranger.opens(`/${slug}/nothing-here`)).html)
  expect((await visitor.opens(home)).status).toBe(404)
})

test('LOOP-19 what needs me, what I wait for, and what moved since I was last here, which a reload does not take away', async () => {
  const { volunteer, coordinator, house } = network
  const view = await anAnsweredContribution(network, { by: volunteer })
  await doingAs(network, coordinator, doing => proposePublication(doing, view.number, somePublicText))
  let page = await volunteer.reads(home)
  expect(page.text).toContain('May we publish this?')
  expect((await page.follow(somePublicText.title)).h1).toBe('May we publish this?')
  expect((await coordinator.reads(home)).text).toContain('Asked if it may be published')

  await volunteer.reads(home)
  house.clock.daysOn(1)
  const other = await aPublishedContribution(network, { by: volunteer, text: { title: 'Softer chairs' } })
  page = await volunteer.reads(home)
  expect(page.text).toContain('What moved since you were last here')
  expect(page.text).toContain('Softer chairs')
  // Again within the hour: it is still there.
  house.clock.set(house.clock.now().add({ minutes: 59 }).toString())
  expect((await volunteer.reads(home)).text).toContain('Softer chairs')
  // Another day: it has been seen.
  house.clock.daysOn(1)
  page = await volunteer.reads(home)
  expect(page.text).not.toContain('Softer chairs')
  expect(page.text).toContain('Nothing moved since you were last here')
  expect(other.reference).toMatch(/^C-/)
})

test('LOOP-19 opening the page changes nothing of the network and needs few questions to the database', async () => {
  const { volunteer, house, slug } = network
  const count = async () => {
    const found = await house.owner.query<{ n: string }>(
      `select (select count(*) from history) + (select count(*) from message) + (select sum(version) from contribution) as n`,
    )
    return found.rows[0]!.n
  }
  const before = await count()
  const statements = house.database.statements.count
  await volunteer.reads(home)
  const used = house.database.statements.count - statements
  expect(await count()).toBe(before)
  // Session, network, last visit, and one for all rooms together; begin and commit.
  expect(used, slug).toBeLessThanOrEqual(6)
})

test('PEOPLE-23 a page of links stays short: nine at once, the rest on demand; the team’s stand under headings', async () => {
  await network.coordinator.signsIn()
  const page = await network.coordinator.reads(home)
  const first = page.$('main .loop-links').first().find('a').length
  expect(first).toBeGreaterThan(4)
  expect(first).toBeLessThanOrEqual(10)
  const team = await network.coordinator.reads(`/${network.slug}/team`)
  for (const heading of ['People', 'What people say', 'Calls, letters and messages', 'The network']) {
    expect(team.$(`h2:contains("${heading}")`).length, heading).toBeGreaterThan(0)
  }
})

test('PEOPLE-23 every door of every room leads to an address that exists', () => {
  const { slices } = network.house.app
  const paths = slices.flatMap(slice => slice.routes.map(route => route.path))
  const exists = (path: string) =>
    paths.some(each => new RegExp(`^${each.replace(/:[^/]+/g, '[^/]+')}$`).test(path))
  for (const slice of slices) {
    for (const door of slice.doors ?? []) {
      expect(exists(door.path('a').split('?')[0]!), `${slice.name}: ${door.text}`).toBe(true)
    }
    for (const door of slice.personDoors ?? []) {
      expect(exists(door.path('a', 1).split('?')[0]!), `${slice.name}: ${door.text}`).toBe(true)
    }
  }
})
