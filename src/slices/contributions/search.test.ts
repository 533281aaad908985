import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { groupsOf, isTeam } from '#platform/permission.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { mayRead } from './access.ts'
import { aContribution, doingAs } from './for-tests.ts'
import { loadThread } from './store.ts'

let network: TestNetwork
beforeAll(async () => {
  network = await aNetwork()
})

const words = 'Parsnips'

test('LOOP-21 HOUSE-4 the database’s door to search finds what the rule of reading lets through, and nothing else', async () => {
  const { volunteer, secondVolunteer } = network
  const made = [
    await aContribution(network, { by: volunteer, words: `${words} at the front desk`, state: 'received' }),
    await aContribution(network, {
      by: secondVolunteer,
      words: `${words} in bed`,
      state: 'to-be-considered',
    }),
    await aContribution(network, {
      by: secondVolunteer,
      words: `${words}!`,
      state: 'closed',
    }),
    await aContribution(network, { by: volunteer, words: `More ${words}`, state: 'withdrawn' }),
  ]
  const people = [
    volunteer,
    secondVolunteer,
    network.coordinator,
    network.director,
    network.boardMember,
    network.sigMember,
    network.administrator,
    network.trustContact,
    network.applicant,
  ]
  for (const person of people) {
    await doingAs(network, person, async ({ tx, actor }) => {
      const me = actor!
      const found = await sql<{ id: number }>`
        select distinct id from contributions_found(${words}, ${me.personId}, ${groupsOf(me)}::integer[], ${isTeam(me)}, 50)
        order by id`.execute(tx)
      const threads = await Promise.all(made.map(each => loadThread(tx, each.number, { forChange: false })))
      const readable = threads.filter(each => each && mayRead.holds(me, each)).map(each => each!.id)
      expect(
        found.rows.map(each => each.id),
        person.fullName,
      ).toEqual(readable)
    })
  }
})

test('LOOP-21 a mistyped word finds a title, and a page tells that the words are only nearly so', async () => {
  const { coordinator, volunteer, slug } = network
  const view = await aContribution(network, {
    by: volunteer,
    words: 'Parking beside the scanner is hard to find.',
  })
  const page = await coordinator.reads(`/${slug}/search?q=parkng`)
  expect(page.$('main').text()).toContain(view.reference)
  expect(page.text).toContain('The title is written nearly like that')
})

test('HOUSE-4 a door to search opens only the network that was entered', async () => {
  const { house } = network
  const other = (await house.owner.query('select id from network where slug = $1', [network.otherSlug]))
    .rows[0].id
  const everything = sql<{ n: number }>`
    select (select count(*) from contributions_found(${words}, 0, '{}', true, 50))
      + (select count(*) from publications_found(${words}, 50)) as n`
  const inside = async (id: number) =>
    await house.database.network(id, async tx => (await everything.execute(tx)).rows[0]!.n)
  expect(await inside(network.id)).toBeGreaterThan(0)
  expect(await inside(other)).toBe(0)
  expect((await everything.execute(house.database.pool)).rows[0]!.n).toBe(0)
})
