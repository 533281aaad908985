import { expect, test } from 'vitest'
import { aNetwork, type TestNetwork } from '#tests/network.ts'

async function aComplaint(network: TestNetwork): Promise<void> {
  const page = await network.coordinator.reads(`/${network.slug}/data-protection-complaint`)
  network.house.clock.set(network.house.clock.now().add({ seconds: 60 }).toString())
  const done = await page
    .fill('How did it reach you?', 'By phone')
    .fill('What went wrong, in their words?', 'My letter lay open.')
    .fill('Their name', 'Ned Neighbour')
    .choose('By phone')
    .fill('Phone number', '0121 496 0099')
    .press('Send')
  expect(done.h1, done.errors.join()).toBe('We have it')
}

test('PEOPLE-18 R1 the director reads complaints until somebody is named, and then only those who are', async () => {
  const network = await aNetwork()
  const { slug, director, coordinator, boardMember, stranger, portfolioManager } = network
  const at = `/${slug}/team/data-complaints`
  await aComplaint(network)
  expect((await director.reads(at)).text).toContain('Ned Neighbour')
  expect((await boardMember.opens(at)).status).toBe(404)
  const names = await (await director.reads(`/${slug}/team`)).follow('Who reads complaints about data')
  const form = await names.follow('Name somebody')
  expect((await form.press('Name this person')).errors).toEqual(['Choose a person'])
  const named = await form.fill('Who looks after data protection?', 'Mo Member').press('Name this person')
  expect(named.text).toContain('Mo Member')
  expect((await boardMember.reads(at)).text).toContain('Ned Neighbour')
  expect((await boardMember.reads(`/${slug}/home`)).text).toContain('Complaint about data D-1')
  for (const person of [director, coordinator, portfolioManager, stranger])
    expect((await person.opens(at)).status, person.name).toBe(404)
  expect((await director.reads(`/${slug}/home`)).text).not.toContain('Complaint about data')
  expect((await coordinator.reads(`${at}/readers`)).text).toContain('Mo Member')
  expect((await coordinator.opens(`${at}/readers/new`)).status).toBe(404)
  // The director answers for it and can take it back.
  await (await director.reads(`${at}/readers`)).press('Mo Member reads them no more')
  expect((await boardMember.opens(at)).status).toBe(404)
  expect((await director.opens(at)).status).toBe(200)
})

test('PEOPLE-18 R1 while the post of director is vacant the portfolio manager reads them', async () => {
  const network = await aNetwork()
  const { slug, portfolioManager, director } = network
  await aComplaint(network)
  const at = `/${slug}/team/data-complaints`
  expect((await portfolioManager.opens(at)).status).toBe(404)
  await network.inNetwork(tx =>
    tx
      .updateTable('post_holding')
      .set({ to_on: network.house.clock.today().subtract({ days: 1 }) })
      .where('person_id', '=', director.id)
      .execute(),
  )
  expect((await portfolioManager.reads(at)).text).toContain('Ned Neighbour')
})

test('PEOPLE-18 R2 who has to be rung is told by the contact, by a day, and it is noted once', async () => {
  const network = await aNetwork()
  const { slug, director } = network
  await aComplaint(network)
  const one = await director.reads(`/${slug}/team/data-complaints/D-1`)
  expect(one.text).toContain('Not yet: tell them')
  const told = await one.press('I have told them that we have it')
  expect(told.text).not.toContain('Not yet: tell them')
  expect(told.text).toContain('The person was told that we have it')
  expect(told.hasButton('I have told them that we have it')).toBe(false)
})
