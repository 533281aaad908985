import { beforeAll, expect, test } from 'vitest'
import { anAnsweredContribution, aPublishedContribution } from '#slices/you-said-we-did/for-tests.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import type { NoScriptPerson, SeenPage } from '#tests/person.ts'

let network: TestNetwork
let path: string
beforeAll(async () => {
  network = await aNetwork()
  path = `/${network.slug}/search`
})

const looksFor = async (person: NoScriptPerson, words: string): Promise<SeenPage> =>
  await person.reads(`${path}?${new URLSearchParams({ q: words })}`)
const hitsOf = (page: SeenPage): string[] =>
  page
    .$('main ol.loop-links a')
    .toArray()
    .map(each => page.$(each).attr('href')!)

test('LOOP-21 a visitor finds what is published, by words, by words nearly right and by reference, and sees why', async () => {
  const view = await aPublishedContribution(network, {
    by: network.volunteer,
    text: { title: 'Quieter waiting rooms', weDid: 'Every waiting room has a quiet corner now.' },
  })
  const at = `/${network.slug}/you-said-we-did/${view.reference}`
  const words = await (await network.visitor.reads(path))
    .fill('What are you looking for?', 'quiet corner')
    .press('Search')
  expect(hitsOf(words)).toContain(at)
  expect(words.text).toContain('The words match')
  const typo = await looksFor(network.visitor, 'quieter wating rooms')
  expect(hitsOf(typo)).toContain(at)
  expect(typo.text).toContain('Some words are nearly the same')
  const exact = await looksFor(network.visitor, view.reference.toLowerCase().replace('-', ' '))
  expect(hitsOf(exact)[0]).toBe(at)
  expect(exact.text).toContain('The reference matches')
})

test('LOOP-21 what is not published is not found by a visitor, nor anything by a person of another network', async () => {
  const secret = 'Zebrafish escalators'
  await anAnsweredContribution(network, { by: network.volunteer, words: `${secret} in the car park` })
  expect(hitsOf(await looksFor(network.visitor, secret))).toEqual([])
  expect((await looksFor(network.visitor, secret)).text).toContain('We found nothing with these words')
  const stranger = await looksFor(network.stranger, secret)
  expect(hitsOf(stranger)).toEqual([])
})

test('LOOP-21 nobody finds what they may not open: each hit opens for whoever found it', async () => {
  const {
    volunteer,
    secondVolunteer,
    coordinator,
    boardChair,
    boardMember,
    sigChair,
    sigMember,
    administrator,
    trustContact,
    applicant,
    groups,
  } = network
  await anAnsweredContribution(network, {
    by: volunteer,
    words: 'Giraffes on the ceiling help children',
    groupId: groups.paediatric,
  })
  await anAnsweredContribution(network, {
    by: secondVolunteer,
    words: 'Giraffes in the MRI room, please',
    groupId: groups.mri,
    naming: 'anonymous',
  })
  await aPublishedContribution(network, {
    by: volunteer,
    groupId: groups.board,
    text: { title: 'Giraffes for all' },
  })
  const people: Someone[] = [
    volunteer,
    secondVolunteer,
    coordinator,
    boardChair,
    boardMember,
    sigChair,
    sigMember,
    administrator,
    trustContact,
    applicant,
  ]
  for (const person of people) {
    for (const words of ['girafes', 'C-1003', 'Vera Volunteer', 'money']) {
      for (const href of hitsOf(await looksFor(person, words))) {
        expect((await person.opens(href)).status, `${person.fullName} ${words} ${href}`).toBe(200)
      }
    }
  }
  for (const href of hitsOf(await looksFor(network.visitor, 'giraffes'))) {
    expect((await network.visitor.opens(href)).status).toBe(200)
  }
})

test('LOOP-21 hostile words break nothing, for a visitor and for the team', async () => {
  const hostile = [
    '%',
    '_',
    '%%%___',
    "'; drop table person; --",
    '" or 1=1',
    '\\',
    "\\'",
    '(((',
    'a & | ! :* <->',
    '-',
    'or',
    '"open quote',
    '!!!???',
    '\u0000nul',
    'x'.repeat(20_000),
    'word '.repeat(2_000),
    '🙂'.repeat(300),
    'مرحبا شكرا',
    '<script>alert(1)</script>',
    'C-99999999999999999999',
    'C-0',
    'R-1',
    'A-1',
  ]
  for (const person of [network.visitor, network.coordinator]) {
    for (const words of hostile) {
      const page = await person.opens(`${path}?${new URLSearchParams({ q: words })}`)
      expect(page.status, words.slice(0, 30)).toBe(200)
      expect(page.$('main script').length).toBe(0)
    }
    expect((await person.opens(`${path}?q=a&q=b&q[]=c`)).status).toBe(200)
    expect((await person.opens(`${path}?q=%ff%fe`)).status).toBe(200)
  }
})

test('LOOP-21 a search asks the database little and is slowed down when somebody asks too often', async () => {
  const { house, visitor, volunteer } = network
  const used = async (person: NoScriptPerson) => {
    const before = house.database.statements.count
    await looksFor(person, 'giraffes')
    return house.database.statements.count - before
  }
  // With the beginning and the end of the transaction, which are counted too.
  expect(await used(visitor)).toBeLessThanOrEqual(5)
  expect(await used(volunteer)).toBeLessThanOrEqual(6)
  const other = await network.aPerson({ name: 'Rob Robot' })
  let status = 200
  for (let n = 0; n < 160 && status === 200; n++) status = (await other.opens(path)).status
  expect(status).toBe(429)
})
