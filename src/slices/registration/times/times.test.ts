import { expect, test } from 'vitest'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { NoScriptPerson } from '#tests/person.ts'
import { registers } from '../for-tests.ts'

async function offers(network: TestNetwork, day: string, time: string) {
  const page = await network.coordinator.reads(`/${network.slug}/team/applications/times`)
  return await page
    .fill('Day', day)
    .fill('Month', '6')
    .fill('Year', '2026')
    .fill('At what time?', time)
    .choose('By phone: you ring them')
    .press('Offer this time')
}

test('PEOPLE-1 the team offers times, an applicant books one without an account, changes it and gives it back', async () => {
  const network = await aNetwork()
  const { visitor, coordinator, slug } = network
  const follow = await (await registers(network, visitor)).follow('See where your application is')
  expect(follow.hasLink('Choose a time to talk')).toBe(false)
  expect((await offers(network, '1', '2pm')).errors).toEqual(['The time must lie ahead'])
  expect((await offers(network, '11', 'tea time')).errors).toEqual(['Enter a time, like 2:30pm or 14:30'])
  await offers(network, '11', '2:30pm')
  const list = await offers(network, '12', '10am')
  expect(list.text).toContain('11 June 2026, 2:30pm, by phone')
  const choose = await (await visitor.reads(follow.path)).follow('Choose a time to talk')
  expect((await choose.press('Book this time')).errors).toEqual(['Choose a time'])
  const booked = await choose.choose('11 June 2026, 2:30pm').press('Book this time')
  expect(booked.text).toContain('Cora Ordinator talks with you on 11 June 2026, 2:30pm, by phone')
  expect((await coordinator.reads(`/${slug}/home`)).text).toContain('Talk with Ann Newcomer')
  const told = () =>
    network.inNetwork(tx =>
      tx
        .selectFrom('message')
        .select('body')
        .where('kind', '=', 'conversation-booked')
        .orderBy('id')
        .execute(),
    )
  expect((await told())[0]!.body).toContain('We talk on 11 June 2026, 2:30pm')
  // Another time: the first is free again.
  network.house.clock.set(network.house.clock.now().add({ seconds: 5 }).toString())
  await (await booked.follow('Change the time to talk, or give it back'))
    .choose('12 June 2026, 10am')
    .press('Book this time')
  expect(await told()).toHaveLength(2)
  const taken = await network.inNetwork(tx =>
    tx.selectFrom('conversation_time').select(['application_id']).orderBy('starts_at').execute(),
  )
  expect(taken.map(each => each.application_id !== null)).toEqual([false, true])
  const back = await (await visitor.reads(follow.path)).follow('Change the time to talk, or give it back')
  const given = await back.choose('I cannot come: give my time back').press('Book this time')
  expect(given.hasLink('Choose a time to talk')).toBe(true)
  // Nobody wants it: it is taken away.
  const left = await (await coordinator.reads(`/${slug}/team/applications/times`)).press(
    'Take away 12 June 2026, 10am',
  )
  expect(left.text).not.toContain('12 June 2026')
})

test('PEOPLE-1 two who want the same time: one has it, the other is told and keeps what they had', async () => {
  const network = await aNetwork()
  const { visitor, coordinator, volunteer, stranger, house, slug } = network
  const other = new NoScriptPerson(house.app)
  const one = await (await registers(network, visitor)).follow('See where your application is')
  const two = await (await registers(network, other, { contact: 'two@example.org' })).follow(
    'See where your application is',
  )
  await offers(network, '11', '2pm')
  const pages = [await visitor.reads(`${one.path}/time`), await other.reads(`${two.path}/time`)]
  const done = await Promise.all(pages.map(page => page.choose('11 June 2026, 2pm').press('Book this time')))
  expect(done.map(each => each.status).sort()).toEqual([200, 422])
  expect(done.find(each => each.status === 422)!.errors).toEqual([
    'Somebody else has taken this time. Choose another',
  ])
  expect(
    await network.inNetwork(tx =>
      tx.selectFrom('conversation_time').select('id').where('application_id', 'is not', null).execute(),
    ),
  ).toHaveLength(1)
  // For somebody on the phone the team chooses.
  await offers(network, '12', '9am')
  const free = done[0]!.status === 200 ? 202 : 201
  const page = await (await coordinator.reads(`/${slug}/team/applications/${free}`)).follow(
    'Book a time to talk for them',
  )
  await page.choose('12 June 2026, 9am').press('Book this time')
  expect(
    await network.inNetwork(tx =>
      tx.selectFrom('conversation_time').select('id').where('application_id', 'is not', null).execute(),
    ),
  ).toHaveLength(2)
  // Two hours before it is too late, and what is past is past.
  house.clock.set('2026-06-12T07:30:00Z')
  for (const person of [visitor, volunteer, stranger]) {
    expect((await person.opens(`/${slug}/team/applications/times`)).status).toBe(404)
    expect((await person.opens(`/${slug}/team/applications/201/time`)).status).toBe(404)
  }
  expect(
    (await stranger.opens(`/${network.otherSlug}/application/${one.path.split('/').pop()}/time`)).status,
  ).toBe(404)
  // Withdrawn: the time is free again.
  await (await (await visitor.reads(one.path)).follow('Withdraw my application')).press('Withdraw and delete')
  expect((await visitor.opens(`${one.path}/time`)).status).toBe(404)
  expect(
    await network.inNetwork(tx =>
      tx.selectFrom('conversation_time').select('id').where('application_id', 'is not', null).execute(),
    ),
  ).toHaveLength(1)
})
