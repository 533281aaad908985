import { expect, test } from 'vitest'
import { doingAs } from '#slices/contributions/for-tests.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { keptOf } from './keeping.ts'

/** Something that was said to somebody, and has gone out. */
async function aMessage(network: TestNetwork, key: string): Promise<void> {
  await doingAs(network, network.coordinator, doing =>
    doing.tell({
      key,
      personId: network.volunteer.id,
      kind: 'news',
      subject: key,
      paragraphs: ['Some words.'],
      about: { kind: 'contribution', id: '1' },
    }),
  )
  await network.house.runDue()
}

const messagesOf = async (network: TestNetwork) =>
  (await network.house.owner.query<{ key: string }>('select key from message order by id')).rows.map(
    each => each.key,
  )

test('PEOPLE-18 R59 what has had its time ends by night, was shown before, and is counted', async () => {
  const network = await aNetwork()
  const { slug, director, house } = network
  await aMessage(network, 'an-old-one')
  house.clock.daysOn(365 * 2 + 5)
  await director.signsIn()
  const before = await director.reads(`/${slug}/team/keeping`)
  expect(before.text).toMatch(/calls and letters that were made .*2 years The next night ends [1-9]/)
  const one = await before.follow('Messages that were sent, calls and letters that were made')
  expect(one.text).toMatch(/June 2026: [1-9]/)
  expect(await messagesOf(network)).toContain('an-old-one')
  await house.runDue()
  expect(await messagesOf(network)).not.toContain('an-old-one')
  const after = await director.reads(`/${slug}/team/keeping`)
  expect(after.text).toMatch(/letters that were made: [1-9]/)
})

test('PEOPLE-18 R59 a hold stops it, and only those who lead put one', async () => {
  const network = await aNetwork()
  const { slug, director, coordinator, house } = network
  await aMessage(network, 'an-old-one')
  const form = await (await director.reads(`/${slug}/team/keeping/sent-messages`)).follow('Stop the ending')
  expect((await form.press('Stop it from now on')).errors).toEqual(['Write why nothing of this may end'])
  const held = await form
    .fill('Why may nothing of this end?', 'An inquiry asks for it')
    .press('Stop it from now on')
  expect(held.text).toContain('Nothing: it is stopped')
  house.clock.daysOn(365 * 2 + 5)
  await house.runDue()
  expect(await messagesOf(network)).toContain('an-old-one')
  expect((await (await coordinator.signsIn()).opens(`/${slug}/team/keeping/sent-messages/hold`)).status).toBe(
    404,
  )
  const lifted = await (await (await director.signsIn()).reads(`/${slug}/team/keeping/sent-messages`)).press(
    'Let it end again',
  )
  expect(lifted.text).not.toContain('it is stopped')
  house.clock.daysOn(1)
  await house.runDue()
  expect(await messagesOf(network)).not.toContain('an-old-one')
})

test('PEOPLE-18 R59 a new time holds from a day, shows what it would end, and says who set it', async () => {
  const network = await aNetwork()
  const { slug, portfolioManager, house } = network
  await aMessage(network, 'an-old-one')
  house.clock.daysOn(70)
  await portfolioManager.signsIn()
  const form = await (await portfolioManager.reads(`/${slug}/team/keeping/sent-messages`)).follow(
    'Change how long',
  )
  const wrong = await form.fill('For how many months?', '0').fill('Day', '17').press('Save')
  expect(wrong.errors).toEqual(['Enter a number of months from 1 to 120'])
  expect((await form.fill('For how many months?', '2').fill('Day', '18').press('Save')).errors[0]).toContain(
    'Enter a day after today',
  )
  const set = await form.fill('Day', '20').press('Save')
  expect(set.text).toContain('From 20 August 2026')
  expect(set.text).toMatch(/That night would end [1-9]/)
  expect(set.text).toContain('Petra Manager')
  house.clock.daysOn(1)
  await house.runDue()
  expect(await messagesOf(network)).toContain('an-old-one')
  house.clock.daysOn(1)
  await house.runDue()
  expect(await messagesOf(network)).not.toContain('an-old-one')
})

test('PEOPLE-18 R59 a board’s meetings are offered to the place of deposit and never deleted', async () => {
  const network = await aNetwork()
  const { house, meetingId } = network
  await network.inNetwork(tx =>
    tx.updateTable('meeting').set({ state: 'published' }).where('id', '=', meetingId).execute(),
  )
  house.clock.daysOn(365 * 20 + 40)
  await house.runDue()
  const offered = await house.owner.query('select meeting_id from deposit_offer where network_id = $1', [
    network.id,
  ])
  expect(offered.rows).toEqual([{ meeting_id: meetingId }])
  expect((await house.owner.query('select 1 from meeting where id = $1', [meetingId])).rowCount).toBe(1)
})

test('PEOPLE-18 R59 nobody but the team sees it', async () => {
  const network = await aNetwork()
  for (const person of [network.volunteer, network.stranger, network.administrator, network.boardChair])
    for (const path of ['', '/sent-messages', '/sent-messages/months', '/sent-messages/hold'])
      expect((await person.opens(`/${network.slug}/team/keeping${path}`)).status).toBe(404)
  expect((await network.director.opens(`/${network.slug}/team/keeping/no-such-thing`)).status).toBe(404)
})

test('PEOPLE-18 R59 every kind of thing has a name and a setting of its own', async () => {
  const { house } = await aNetwork()
  const kept = keptOf(house.app.slices)
  expect(kept.length).toBeGreaterThan(8)
  for (const names of [kept.map(each => each.name), kept.map(each => each.months.name)])
    expect(names.filter((each, at) => names.indexOf(each) !== at)).toEqual([])
  for (const each of kept) expect(each.source, each.name).not.toBe('')
})
