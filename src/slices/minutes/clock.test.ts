import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { aConflict, aMotion } from '#slices/votes/for-tests.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import { decide } from './changes.ts'
import { aMeetingWith, doingAs, ends } from './for-tests.ts'
import { loadItemMinutes } from './store.ts'

let network: TestNetwork
const digests = async (person: Someone) =>
  (await person.wasTold()).filter(each => each.kind === 'digest').map(each => each.body)

beforeAll(async () => {
  network = await aNetwork()
})

test('BOARD-19 R32 the draft is due ten working days after the meeting: the co-ordinator and the chair are reminded, then it is late, then the portfolio manager hears', async () => {
  const start = network.house.clock.now().toString()
  const meeting = await aMeetingWith(network, { there: [network.boardChair, network.volunteer] })
  await ends(network, meeting)
  await network.house.runDue()
  expect((await digests(network.coordinator)).join()).not.toContain('minutes')
  const page = await network.coordinator.reads(`${meeting.path}/minutes`)
  expect(page.text).toContain('send it to the members by 23 June 2026')
  expect((await network.coordinator.reads(`/${network.slug}/home`)).text).toContain('Write the minutes')
  network.house.clock.daysOn(13)
  for (let n = 0; n < 2; n++) await network.house.runDue()
  expect((await digests(network.coordinator)).join()).toContain('to the members by 23 June 2026')
  const asked = (await digests(network.boardChair)).filter(each => each.includes('the minutes of'))
  expect(asked).toHaveLength(1)
  network.house.clock.daysOn(2)
  for (let n = 0; n < 2; n++) await network.house.runDue()
  expect((await digests(network.coordinator)).join()).toContain('They are late')
  expect((await digests(network.portfolioManager)).join()).not.toContain('The minutes')
  network.house.clock.daysOn(9)
  await network.house.runDue()
  expect((await digests(network.portfolioManager)).join()).toContain('They are late')
  await network.coordinator.signsIn()
  expect((await network.coordinator.reads(`${meeting.path}/minutes`)).text).toContain('working days late')
  expect((await network.volunteer.opens(`${meeting.path}/minutes`)).status).not.toBe(500)
  network.house.clock.set(start)
  await network.coordinator.signsIn()
})

test('BOARD-18 “is this still right?” comes back on its day, once, to who runs the group; yes sets another day; search and home find it for whom it is', async () => {
  const start = network.house.clock.now().toString()
  const meeting = await aMeetingWith(network, {
    there: [network.boardChair, network.volunteer],
    items: [
      { title: 'Chairs in corridors', handling: 'public' },
      { title: 'A thing for the group', handling: 'board' },
    ],
  })
  const items = await meeting.items()
  const made = async (title: string, text: string) =>
    await doingAs(network, network.boardChair, async doing => {
      const loaded = await loadItemMinutes(
        doing,
        { meeting: meeting.reference, item: items[title]! },
        { forChange: true },
      )
      const done = await decide(doing, loaded!, {
        text,
        because: 'People stand too long.',
        reviewOn: doing.today.add({ days: 30 }),
        motionId: null,
        insteadOfId: null,
        contributionIds: [],
      })
      if (!done.accepted) throw new Error(done.sentence)
      return done.number
    })
  const number = await made('Chairs in corridors', 'Each corridor has walrus chairs.')
  const hidden = await made('A thing for the group', 'The walrus contract ends.')
  const path = `/${network.slug}/decisions/${number}`
  for (const person of [network.boardMember, network.volunteer]) {
    const found = await person.reads(`/${network.slug}/search?q=walrus`)
    expect(found.text).toContain('Each corridor has walrus chairs.')
    expect(found.text).toContain('The walrus contract ends.')
  }
  for (const person of [network.sigMember, network.stranger, network.visitor])
    expect(
      (
        await person.reads(
          `/${person === network.stranger ? network.otherSlug : network.slug}/search?q=walrus`,
        )
      ).text,
    ).not.toContain('walrus c')
  network.house.clock.daysOn(31)
  await network.boardChair.signsIn()
  for (let n = 0; n < 2; n++) await network.house.runDue()
  const told = (await digests(network.boardChair)).filter(each => each.includes('is this still right?'))
  expect(told).toHaveLength(1)
  expect(told[0]).toContain(`Decision ${number}: is this still right?`)
  expect(told[0]).not.toContain('walrus')
  expect((await network.boardChair.reads(`/${network.slug}/home`)).text).toContain('Is it still right?')
  const page = await (await network.boardChair.reads(path)).follow('Say whether it is still right')
  const past = await page
    .choose('Yes, it stands')
    .fill('Why?', 'People still need them.')
    .fill('Day', '1')
    .fill('Month', '1')
    .fill('Year', '2020')
    .press('Save the answer')
  expect(past.errors).toEqual(['The day to look at it again must be in the future'])
  const yes = await past.fill('Year', '2028').press('Save the answer')
  expect(yes.text).toContain('1 January 2028')
  expect(yes.text).toContain('Looked at again: it is still right')
  expect(yes.text).not.toContain('Say whether it is still right')
  await network.stranger.signsIn()
  for (const person of [network.stranger, network.visitor])
    for (const at of [path, `${path}/review`, `/${network.slug}/decisions/${hidden}`])
      expect((await person.opens(at)).status).toBe(404)
  network.house.clock.set(start)
  await network.boardChair.signsIn()
})

test('BOARD-25 the story of an item tells who did what when, with its papers, votes, conflicts and decisions, for whom may read it', async () => {
  const { coordinator, boardMember, volunteer, sigMember, stranger } = network
  for (const person of [coordinator, boardMember, volunteer, sigMember, stranger]) await person.signsIn()
  const meeting = await aMeetingWith(network, {
    there: [network.boardChair, network.boardMember, network.volunteer],
    items: [{ title: 'Blue lights', handling: 'board' }],
  })
  const item = (await meeting.items())['Blue lights']!
  await meeting.opens(network, 'Blue lights')
  const motion = await aMotion(network, { itemId: item, open: true })
  await aConflict(network, item, network.boardMember, 'no-paper')
  await (await network.coordinator.reads(`${meeting.path}/items/${item}/minutes`))
    .fill('What was said, and what came of it?', 'Blue is calm.')
    .press('Save it')
  const page = await (await network.volunteer.reads(`${meeting.path}/items/${item}`)).follow(
    'Everything that happened around this item',
  )
  expect(page.h1).toBe('What happened to this item')
  expect(page.text).toContain('Asked for')
  expect(page.text).toContain('The meeting came to this item')
  expect(page.text).toContain(`V-${motion.number}: The vote was opened`)
  expect(page.text).toContain('Its minutes were written')
  expect(page.text).toContain('Mo Member had a conflict of interest')
  expect(page.text).toContain('Bea Chair')
  expect(page.text).toContain('9 June 2026')
  const before = network.house.database.statements.count
  await network.volunteer.reads(page.path)
  expect(network.house.database.statements.count - before - 2).toBeLessThanOrEqual(6)
  // By the same permission as the item: whom a conflict keeps from it reads no story either.
  for (const person of [network.boardMember, network.stranger, network.visitor, network.sigMember])
    expect((await person.opens(page.path)).status).toBe(404)
  expect((await network.boardMember.reads(`${meeting.path}/minutes`)).text).not.toContain('Blue is calm.')
})

test.each([
  'agenda_item',
  'paper',
  'motion',
  'minutes',
  'board_decision',
  'item_minutes',
  'minutes_correction',
  'dissent',
  'item_action',
  'history',
])('BOARD-25 nothing is deleted: the product has no right to delete from %s', async table => {
  await expect(
    network.inNetwork(tx => sql`delete from ${sql.table(table)}`.execute(tx)),
  ).rejects.toMatchObject({ code: '42501' })
})
