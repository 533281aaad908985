import { expect, test } from 'vitest'
import type { Doing } from '#platform/doing.ts'
import { aContribution } from '#slices/contributions/for-tests.ts'
import {
  endMeeting,
  type LoadedMeeting,
  loadMeeting,
  openTheMeeting,
  turnToItem,
} from '#slices/meetings/index.ts'
import { aMeeting, anItem, aPaper, doingAs } from '#slices/papers/for-tests.ts'
import { aConflict, aMotion, closes, votesOn } from '#slices/votes/for-tests.ts'
import { aPublishedContribution } from '#slices/you-said-we-did/for-tests.ts'
import type { TestHouse } from './house.ts'
import { aNetwork, type Someone } from './network.ts'

const most = 6

/** The transaction's begin and commit are no questions. */
async function questionsIn(house: TestHouse, opening: () => Promise<unknown>): Promise<number> {
  const before = house.database.statements.count
  await opening()
  return house.database.statements.count - before - 2
}

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
      const count = await questionsIn(house, () => person.opens(`/${slug}${path}`))
      const page = path.split('?')[0]!
      asked[page] = Math.max(asked[page] ?? 0, count)
    }
  }
  expect(Object.entries(asked).filter(([, count]) => count > most)).toEqual([])
  // Home and search ask all slices in one statement.
  expect(asked).toMatchObject({ '/home': 4, '/search': 4 })
})

test('HOUSE-12 the pages of a full meeting ask at most six times too, as member, as chair and as the team', async () => {
  const network = await aNetwork()
  const { house, volunteer, boardMember, boardChair, coordinator } = network
  const meeting = await aMeeting(network, { inDays: 0 })
  const items: number[] = []
  for (const title of ['Waits for scans', 'Letters in large print', 'Quiet rooms']) {
    const item = await anItem(network, meeting, { title, position: 10 + items.length })
    await aConflict(network, item, volunteer, 'noted')
    await aConflict(network, item, boardMember, 'noted')
    await aPaper(network, { meeting, itemId: item, out: false })
    items.push(item)
  }
  const [first] = items as [number]
  const paper = await aPaper(network, { meeting, itemId: first })
  const named = await aPaper(network, {
    meeting,
    itemId: first,
    handling: 'named',
    readers: [volunteer, boardMember, boardChair, coordinator],
  })
  const asked: Record<string, number> = {}
  const opens = async (pages: Record<string, string>) => {
    for (const person of [volunteer, boardMember, boardChair, coordinator]) {
      for (const [page, path] of Object.entries(pages)) {
        const count = await questionsIn(house, () => person.reads(path))
        asked[page] = Math.max(asked[page] ?? 0, count)
      }
    }
  }
  const pages = {
    meeting: meeting.path,
    item: `${meeting.path}/items/${first}`,
    room: `${meeting.path}/room`,
    paper: paper.path,
    'confidential paper': named.path,
  }
  await opens(pages)

  type Step = (doing: Doing, loaded: LoadedMeeting) => Promise<{ accepted: boolean }>
  const takes = async (step: Step) => {
    const done = await doingAs(network, boardChair, async doing =>
      step(doing, (await loadMeeting(doing, meeting.reference, { forChange: true }))!),
    )
    expect(done).toMatchObject({ accepted: true })
  }
  await takes(openTheMeeting)
  for (const item of items.toReversed()) await takes((doing, loaded) => turnToItem(doing, loaded, item))
  const secret = { manner: 'secret', isSecret: true } as const
  const closed = await aMotion(network, { itemId: first, open: true, terms: secret })
  for (const person of [volunteer, boardMember]) await votesOn(network, closed, person, 'for')
  await closes(network, closed)
  const open = await aMotion(network, { itemId: first, open: true })
  for (const item of items) await aMotion(network, { itemId: item })
  const withVotes = { ...pages, 'open motion': open.path, 'closed motion': closed.path }
  await opens(withVotes)
  expect((await boardMember.reads(pages.room)).text).toContain('Vote now')
  expect((await boardMember.reads(pages.room)).text).toContain('Shorter waits for scans')

  await closes(network, open)
  await takes(endMeeting)
  const minutes = `${meeting.path}/minutes`
  await opens({ ...withVotes, minutes })
  await (await coordinator.reads(`${minutes}/send`)).press('Send the draft')
  await opens({ ...withVotes, minutes })
  expect(Object.entries(asked).filter(([, count]) => count > most)).toEqual([])
  // What the other rooms say to a meeting is asked in one statement with what its own page asks.
  expect(asked).toMatchObject({ meeting: 5, item: 5, room: 5, minutes: 4 })
})
