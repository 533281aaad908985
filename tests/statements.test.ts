import { expect, test } from 'vitest'
import { aContribution } from '#slices/contributions/for-tests.ts'
import { aPublishedContribution } from '#slices/you-said-we-did/for-tests.ts'
import { aNetwork, type Someone } from './network.ts'

const most = 6

test('HOUSE-12 a page asks the database at most six times, whoever opens it', async () => {
  const network = await aNetwork()
  const { house, slug, volunteer, visitor } = network
  const view = await aContribution(network, { by: volunteer, state: 'closed' })
  const out = await aPublishedContribution(network, { by: volunteer })
  const everybody: Someone[] = [
    volunteer,
    network.secondVolunteer,
    network.coordinator,
    network.portfolioManager,
    network.director,
    network.boardChair,
    network.sigChair,
    network.administrator,
    network.trustContact,
    network.applicant,
  ]
  // From the second visit on home also tells what moved since the first.
  for (const person of everybody) await person.reads(`/${slug}/home`)
  house.clock.daysOn(1)
  for (const person of everybody) await (await person.signsIn()).reads(`/${slug}/home`)

  const asked: Record<string, number> = {}
  for (const person of [...everybody, visitor]) {
    for (const path of [
      '/home',
      '/contributions',
      view.path.slice(slug.length + 1),
      '/search?q=quiet+rooms',
      '/you-said-we-did',
      '/meetings',
      '/meetings/new/check',
      '/groups/board',
      '/groups/board/people',
      '/account/calendar',
      `/you-said-we-did/${out.reference}`,
    ]) {
      const before = house.database.statements.count
      await person.opens(`/${slug}${path}`)
      // The transaction's begin and commit are no questions.
      const count = house.database.statements.count - before - 2
      const page = path.split('?')[0]!
      asked[page] = Math.max(asked[page] ?? 0, count)
    }
  }
  expect(Object.entries(asked).filter(([, count]) => count > most)).toEqual([])
  // Home and search ask all slices in one statement.
  expect(asked).toMatchObject({ '/home': 4, '/search': 4 })
})
